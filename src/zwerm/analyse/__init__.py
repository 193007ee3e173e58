"""The command `zwerm analyse`: network figures of a researcher's own files, without a school."""
