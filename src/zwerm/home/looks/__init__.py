"""What the doctor looks at: each look gives its faults as sentences that say what to do."""
