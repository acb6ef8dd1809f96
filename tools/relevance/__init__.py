"""Measure how well the search finds: judged questions and short queries, ours beside baselines."""
