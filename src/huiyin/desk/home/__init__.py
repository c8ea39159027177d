"""今日工作: what is due, by rung, and what waits for the post I act in."""
