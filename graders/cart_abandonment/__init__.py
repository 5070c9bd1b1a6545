"""The rubric of `cart_abandonment`: a problem that can be counted, causes that could be refuted, a plan that pays."""

from __future__ import annotations

from graders.cart_abandonment import causes, page, plan, problem, vouchers
from graders.cart_abandonment.register import rubric

__all__ = ["causes", "page", "plan", "problem", "rubric", "vouchers"]
