"""The parts around the article. Each shows one thing and follows `Workspace.changed`; none knows another."""
