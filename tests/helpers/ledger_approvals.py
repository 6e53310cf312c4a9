"""The ledger's state machine, with orders that wait for staff."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.domain.approvals import APPROVAL_TTL_MS
from bot.domain.jobs import Approval
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from data import approvals, job_actions, orders
from tests.helpers.ledger_machine import PICKS, LedgerMachine


class ApprovalMachine(LedgerMachine):
    @precondition(LedgerMachine.any_job)
    @rule(pick=PICKS)
    def ask(self, pick: int) -> None:
        job_id = self.picked(pick)
        if not self.model.move(job_id, "ask"):
            return
        self.model.jobs[job_id].lapses_at = self.now + APPROVAL_TTL_MS
        required = {"id": job_id, "approval": Approval.REQUIRED.value}
        self.do(
            self.database.write(lambda tx: tx.execute("UPDATE jobs SET approval = :approval WHERE id = :id", required))
        )
        assert self.do(self.database.write(orders.enqueue, job_id, 77))

    @precondition(LedgerMachine.any_job)
    @rule(pick=PICKS, how=st.sampled_from(["approve", "approve", "decline", "lapse", "withdraw"]))
    def decide(self, pick: int, how: str) -> None:
        job_id = self.picked(pick)
        job = self.model.jobs[job_id]
        by = AuditContext(5, job.guild)
        is_due = job.state == "awaiting_approval" and self.now >= job.lapses_at
        if how in ("approve", "decline"):
            decided = self.do(
                self.database.write(approvals.approve, job_id, by=by, manages=True)
                if how == "approve"
                else self.database.write(approvals.decline, job_id, by=by)
            )
            assert decided is not None
            refused = how == "approve" and self.model.blocked(job.guild, job.member, self.now)
            counted = not isinstance(decided, Refused) and decided.counted
            if is_due:
                assert not counted
                self.model.move(job_id, "lapse")
            else:
                assert counted == (not refused and self.model.move(job_id, how))
        elif how == "withdraw":
            cancelled = self.do(self.database.write(job_actions.cancel, job_id, job.member))
            assert (cancelled is not None) == self.model.move(job_id, how)
        elif is_due:
            assert job_id in self.do(self.database.read(approvals.overdue))
            assert self.do(self.database.write(approvals.lapse, job_id)) == self.model.move(job_id, how)
