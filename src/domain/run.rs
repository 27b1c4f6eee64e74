//! Match runs as the office speaks of them. Belongs here: where a run stands, as what it names a pair. Does not belong
//! here: computing one (`matching`), leases and publishing (`app::runs`).
use crate::domain::machine::text_enum;

text_enum! {
    /// Where a match run stands.
    State: "run state" {
        /// Some process computes it.
        Running = "running",
        /// Its proposals are stored and may be published.
        Done = "done",
        /// It gave nothing: an error, a process that died, or somebody cancelled it.
        Failed = "failed",
        /// Its proposals became applications.
        Published = "published",
    }
}

text_enum! {
    /// As what a run names a person for a vacancy.
    Kind: "run proposal kind" {
        /// Proposed.
        Proposal = "proposal",
        /// A runner-up, in order.
        Reserve = "reserve",
    }
}

text_enum! {
    /// What a run did with somebody whose desil nobody knows; the first have most to gain when it is looked up.
    Fate: "run fate" {
        /// Would have been proposed without priority, and is not: paid for the priority of others.
        Paid = "paid",
        /// Not proposed, with or without priority.
        LeftOut = "left_out",
        /// Proposed all the same.
        Proposed = "proposed",
    }
}
