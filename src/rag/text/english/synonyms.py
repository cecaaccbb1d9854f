"""Different words that news uses for one thing, such as "mediator" and "go-between"."""

from __future__ import annotations

SAME_THING = tuple(
    tuple(line.split())
    for line in """
    mediat* broker* go-between* intermediar*
    ceasefire* cease-fire* truce* armistice*
    deadlock* stalemate* impasse*
    envoy* emissar* ambassador*
    treat(?:y|ies) pacts? accords?
    retaliat* reprisal*
    invad* invasion* incursion*
    overthr[eo]w* toppl* oust*
    surrender* capitulat*
    embargo* sanction*
    abduct* kidnap*
    arrest* detain* apprehend*
    jail* imprison* incarcerat*
    deport* expel* expulsion*
    attacker* assailant* perpetrator*
    blast* explosion* explod* detonat*
    earthquake* quake* tremor*
    wildfire* blaze* inferno*
    famine* starv*
    injur* wound* hurt
    resign* quit quits quitting step*-down
    dismiss* sack* fired
    layoff* lay-off* redundanc* job-cut*
    inquir(?:y|ies) investigat* probe*
    lawsuit* sued? suing litigation
    lawyer* attorney* solicitor* barrister*
    lawmaker* legislator* parliamentarian*
    prohibit* ban banned bans banning outlaw* forbid* forbade
    ratif* endors*
    condemn* denounc*
    postpon* delay*
    acquir* acquisition* takeover* purchas* buy* bought
    bankrupt* insolven*
    demolish* demolition* raz(?:e|ed|ing)
    vaccin* inoculat* jabs?
    flu influenza
    doctors? physician*
    movie* film*
    petrol gasoline
    lorr(?:y|ies) truck*
    airplane* aeroplane* planes? aircraft
    """.strip().splitlines()
)
"""Rows of patterns for one thing each. An asterisk stands for any ending, a hyphen also for a space.

Example: "A truce was agreed" for "ceasefire".
"""
