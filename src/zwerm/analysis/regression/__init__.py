"""Regressions of ties on predictors: sums over pairs by structure, and what follows from them."""
