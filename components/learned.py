"""What the Rasa components have in common that learn an IntentModel: how it comes into a model and out of it."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Type, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from components.intents import IntentModel, phrases

Component = TypeVar("Component", bound="Learned")


class Learned(GraphComponent):
    """What `configure` keeps is a component's own. `_model`: None until it has been trained or loaded."""

    @staticmethod
    def features(plain: Text) -> List[Text]:
        """What the model counts of a plain text."""
        return phrases(plain)

    @staticmethod
    def required_packages() -> List[Text]:
        return ["sklearn"]

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self.configure(config)

    def configure(self, config: Dict[Text, Any]) -> None:
        """Keep what config.yml says."""
        raise NotImplementedError

    @classmethod
    def create(
        cls: Type[Component],
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: Type[Component],
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Component:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder, cls.features))

    def _keep(self, model: IntentModel) -> Resource:
        """Use it from now on, and write it into the model that is being trained."""
        self._model = model
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder)
        return self._resource
