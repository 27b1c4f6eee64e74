//! Who goes where: eligibility, fit, priority, exact assignment and its independent certificate. Pure.
