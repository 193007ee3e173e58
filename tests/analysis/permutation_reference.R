# QAP and MRQAP of an invented network by R sna, for tests/analysis/permutation_reference.json:
#   Rscript tests/analysis/permutation_reference.R > tests/analysis/permutation_reference.json
# Debian: r-cran-sna, r-cran-jsonlite. Takes some minutes.
suppressPackageStartupMessages({library(sna); library(jsonlite)})
set.seed(20)
n <- 18
team <- rep(0:3, length.out = n)
level <- sample(0:3, n, TRUE)
age <- sample(25:64, n)
odds <- function(x) 1 / (1 + exp(-x))
friend <- matrix(rbinom(n * n, 1, .15 + .2 * outer(team, team, "==")), n)
advice <- matrix(rbinom(n * n, 1, odds(-2 + .5 * rep(level, each = n) + .8 * friend +
  .6 * outer(team, team, "==") - .02 * abs(outer(age, age, "-")))), n)
weight <- advice * matrix(sample(1:4, n * n, TRUE), n)
diag(friend) <- diag(advice) <- diag(weight) <- 0
predictors <- list(level = matrix(level, n, n, byrow = TRUE), team = outer(team, team, "==") * 1,
                   age = abs(outer(age, age, "-")), friend = friend)
stacked <- function(tables) {
  stack <- array(0, c(length(tables), n, n))
  for (one in seq_along(tables)) stack[one, , ] <- tables[[one]]
  stack
}
x <- stacked(predictors)
silent <- c(2, 7, 11)
answered <- replace(advice, cbind(rep(silent, n), rep(seq_len(n), each = length(silent))), NA)
holes <- rbind(c(1, 4), c(3, 9), c(5, 6), c(9, 1), c(18, 2))
holed <- replace(answered, holes, NA)

regression <- function(y, null, reps) {
  found <- suppressWarnings(netlm(y, x, nullhyp = null, reps = reps))
  list(b = found$coefficients, t = found$tstat, p = found$pgreqabs, reps = reps)
}
correlation <- function(one, other, reps) {
  found <- qaptest(stacked(list(one, other)), gcor, g1 = 1, g2 = 2, reps = reps)
  list(r = found$testval, above = found$pgreq, below = found$pleeq, reps = reps,
       both = mean(abs(found$dist) >= abs(found$testval) - 1e-12))
}
logistic <- function(y, null, reps) {
  found <- netlogit(y, x, nullhyp = null, reps = reps)
  list(b = found$coefficients, t = found$tstat, p = found$pgreqabs, reps = reps,
       r_squared = 1 - found$deviance / glm.fit(rep(1, n * (n - 1)), y[row(y) != col(y)],
                                                family = binomial())$deviance)
}
arcs <- function(table) which(t(table) != 0, arr.ind = TRUE)[, 2:1] - 1
found <- list(
  tool = paste0("R ", getRversion(), "; sna ", packageVersion("sna")),
  people = n, team = team, level = level, age = age,
  advice = arcs(advice), friend = arcs(friend), weight = t(weight)[t(weight) != 0],
  silent = silent - 1, holes = holes - 1,
  mrqap = list(
    plain = regression(advice, "qapspp", 4000),
    weight = regression(weight, "qapspp", 4000),
    silent = regression(answered, "qapspp", 4000),
    holed = regression(holed, "qapspp", 4000)),
  mrqap_y = list(
    plain = regression(advice, "qapy", 4000),
    weight = regression(weight, "qapy", 4000),
    silent = regression(answered, "qapy", 4000),
    holed = regression(holed, "qapy", 4000)),
  logistic = logistic(advice, "qapspp", 500),
  logistic_y = logistic(advice, "qapy", 1000),
  qap = list(
    plain = correlation(advice, friend, 10000),
    weight = correlation(weight, friend, 10000),
    level = correlation(advice, predictors$level, 10000),
    team = correlation(advice, predictors$team, 10000),
    age = correlation(advice, predictors$age, 10000),
    silent = correlation(answered, friend, 10000),
    holed = correlation(holed, friend, 10000)))
cat(toJSON(found, auto_unbox = TRUE, digits = NA), "\n")
