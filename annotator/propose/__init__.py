"""Proposals: spans that the machine offers for a tag. They are never annotations until a person takes them.

    from annotator.propose import Article, Known, ready

    found = ready(Known(codebook))
    for proposal in found(Article("Moscow sent 40 lorries.", "en")):
        print(proposal.tag, proposal.spans, proposal.by, proposal.score)

Pure: plain data in, plain data out, and nothing leaves the computer. `PROPOSERS` lists all proposers.
"""

from .joining import ready
from .proposal import Article, Coded, Known, Proposal, Proposer
from .registry import PROPOSERS, by_name

__all__ = ["PROPOSERS", "Article", "Coded", "Known", "Proposal", "Proposer", "by_name", "ready"]
