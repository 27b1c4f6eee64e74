//! The names of what the service does by itself, again and again. The jobs themselves are in `app::jobs`.
use crate::domain::machine::text_enum;

text_enum! {
    /// The jobs.
    Name: "job" {
        /// Vacancies past their last day expire.
        ExpireVacancies = "expire_vacancies",
        /// What is open although its employer is suspended pauses.
        PauseSuspended = "pause_suspended",
        /// Employers are reminded of an answer.
        RemindEmployers = "remind_employers",
        /// Employers and office are told what is late or soon over.
        TellLate = "tell_late",
        /// Messages that are due leave.
        SendMessages = "send_messages",
        /// Answers that did not come lapse.
        LapseAnswers = "lapse_answers",
        /// Who waits beside a free slot is referred.
        ServeWaiting = "serve_waiting",
        /// The audit is sealed.
        SealAudit = "seal_audit",
        /// Match runs whose process died are ended.
        EndLostRuns = "end_lost_runs",
        /// Expired logins and idempotency keys are forgotten.
        ForgetLogins = "forget_logins",
        /// The numbers of old match runs are forgotten.
        ForgetArchives = "forget_archives",
        /// Open vacancies are judged again by a finder of flags that has learnt.
        JudgeAgain = "judge_again",
        /// The outbox is cut behind the search index.
        PruneOutbox = "prune_outbox",
    }
}
