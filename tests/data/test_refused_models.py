"""Models that the API refused, not offered until the operator allows them."""

from __future__ import annotations

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, ModelKind, VideoModel
from bot.domain.job import EndReason, JobState
from bot.services.server_setup import ServerSetupService
from bot.services.signals import Signals
from data import breakers, refused_models, submissions
from data.refused_models import RefusedModel
from tests.helpers.store_harness import NOW, StoreHarness, a_job

WIDE = AspectRatio.WIDE
CATALOGUE = Catalogue(
    (VideoModel("LUMA", "Luma", 10, (WIDE,)), VideoModel("VEOI2V", "Veo", 60, (WIDE,))),
    (ImageModel("FLUX1.1PRO", "Flux"), ImageModel("IMAGEN3", "Imagen", enabled=False)),
)
LUMA = RefusedModel(ModelKind.VIDEO, "LUMA", NOW, "Invalid video model")
FLUX = RefusedModel(ModelKind.IMAGE, "FLUX1.1PRO", NOW, "Invalid image model")


async def refuse(store: StoreHarness, model: RefusedModel) -> None:
    """Let the API refuse a job for its model."""
    job = await store.submitting(a_job(1))
    reason = EndReason.MODEL_REFUSED
    await store.database.write(submissions.refuse, job.id, reason, model.message, NOW, refused_model=model)
    assert await store.state(job) is JobState.FAILED


async def test_a_refused_model_is_off_and_stays_known(store: StoreHarness) -> None:
    """The breaker stays closed, so the queue goes on."""
    await refuse(store, LUMA)
    offered = await store.database.read(refused_models.available, CATALOGUE)
    assert [model.key for model in offered.enabled_video_models] == ["VEOI2V"]
    assert offered.label("LUMA") == "Luma"
    setups = ServerSetupService(store.database, CATALOGUE, store.clock, Signals())
    assert await setups.available() == offered
    assert (await store.database.read(breakers.read)).shown_outage is None
    assert await store.database.read(refused_models.refused) == [LUMA]


async def test_the_first_refusal_stays(store: StoreHarness) -> None:
    """Operators need the time of the first refusal."""
    await store.database.write(refused_models.record, LUMA)
    await store.database.write(refused_models.record, RefusedModel(ModelKind.VIDEO, "LUMA", NOW + 1, "again"))
    assert await store.database.read(refused_models.refused) == [LUMA]


async def test_the_last_model_of_a_kind_stays_on(store: StoreHarness) -> None:
    """Otherwise nothing could be ordered."""
    await store.database.write(refused_models.record, FLUX)
    assert await store.database.read(refused_models.available, CATALOGUE) == CATALOGUE


async def test_the_operator_offers_it_again(store: StoreHarness) -> None:
    """Allowing a model that is not refused changes nothing."""
    await store.database.write(refused_models.record, LUMA)
    assert await store.database.write(refused_models.allow, "LUMA") is True
    assert await store.database.write(refused_models.allow, "LUMA") is False
    assert await store.database.read(refused_models.available, CATALOGUE) == CATALOGUE


async def test_refused_models_are_listed_as_they_were_refused(store: StoreHarness) -> None:
    """Those of the same moment are in the order of their names."""
    later = RefusedModel(ModelKind.IMAGE, "FLUX2", NOW + 1, "Invalid image model")
    for model in (later, LUMA, FLUX):
        await store.database.write(refused_models.record, model)
    assert await store.database.read(refused_models.refused) == [FLUX, LUMA, later]
