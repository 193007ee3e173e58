# The same work in R: sna for QAP and MRQAP, and a vectorised vertex bootstrap.
# Rscript speed.R WORK TIMES FILE: prints the seconds of each time, one a line.
asked <- commandArgs(trailingOnly = TRUE)
work <- asked[1]
times <- as.integer(asked[2])
table <- as.matrix(read.csv(asked[3], header = FALSE))
people <- ncol(table)
# One square under the other: who names whom, then each predictor.
square <- function(number) {
  m <- table[(number - 1) * people + seq_len(people), ]
  dimnames(m) <- NULL
  m
}
y <- square(1)
set.seed(1)

bootstrap <- function(resamples) {
  found <- numeric(resamples)
  for (one in seq_len(resamples)) {
    who <- sample.int(people, replace = TRUE)
    drawn <- y[who, who]
    # Two copies of one person have no tie of their own: such pairs are drawn from all pairs.
    twice <- outer(who, who, "==")
    diag(twice) <- FALSE
    drawn[twice] <- sample(y[row(y) != col(y)], sum(twice), replace = TRUE)
    named <- colSums(drawn)
    total <- sum(named)
    found[one] <- sum(drawn * t(drawn)) / total +
      (people * max(named) - total) / (people - 1)^2 +
      sum((2 * seq_len(people) - people - 1) * sort(named)) / (people * total) +
      total / people
  }
  found
}

run <- switch(work,
  qap = {
    suppressMessages(library(sna))
    x <- square(2)
    function() qaptest(list(y, x), gcor, g1 = 1, g2 = 2, reps = 1000)
  },
  mrqap = {
    suppressMessages(library(sna))
    xs <- lapply(2:4, square)
    function() netlm(y, xs, nullhyp = "qapspp", reps = 1000)
  },
  bootstrap = function() bootstrap(2000)
)
for (time in seq_len(times)) cat(system.time(run())[["elapsed"]], "\n")
