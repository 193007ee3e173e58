"""What `./zwerm check` looks at, one module for each kind of question."""
