"""Closing the course while a kernel is started anew."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from curriculum.launch.server import end_at_once

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("prepared", [True, False])
def test_a_kernel_that_is_being_restarted_does_not_keep_the_course_open(prepared: bool) -> None:
    """Without preparing, the manager fails, which is why the course prepares it."""

    async def close() -> BaseException | None:
        manager = AsyncMappingKernelManager()
        kernel = manager.get_kernel(await manager.start_kernel())
        process = kernel.provisioner.process
        restarting = asyncio.ensure_future(kernel.restart_kernel(now=True))
        try:
            while kernel.ready.done():
                await asyncio.sleep(0)
            if prepared:
                await end_at_once(SimpleNamespace(kernel_manager=manager), set())
            await manager.shutdown_all()
        except asyncio.InvalidStateError as error:
            return error
        finally:
            await restarting
            await manager.shutdown_all(now=True)
            assert process.poll() is not None
        assert not manager.list_kernel_ids()
        return None

    # In a thread of its own: a browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        error = thread.submit(asyncio.run, close()).result()
    assert (error is None) == prepared
