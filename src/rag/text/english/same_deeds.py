"""Different words with which news says that the same was done, for comparing statements.

The table is stricter than `synonyms.SAME_THING`, whose words only lead a question to more passages: a statement stays
true if a word is replaced by another one of its row.
"""

from __future__ import annotations

SAME_DEED = tuple(
    tuple(line.split())
    for line in """
    beat defeat
    kill slay slain die dead death fatal perish
    shoot gun gunfire shooting
    begin start commence
    end finish conclude
    find discover
    get receive obtain
    give grant award
    buy purchase acquire
    sell sale
    say tell state
    announce declare
    warn caution
    urge exhort
    ask request
    accuse allege blame
    admit acknowledge confess concede
    reject refuse decline
    approve pass adopt
    endorse back support favor favour
    oppose resist object
    appoint name
    choose pick select elect
    fire dismiss sack oust
    resign quit
    surrender capitulate
    flee escape
    fracture break
    injure wound hurt
    hospitalize hospitalise hospital
    arrest detain apprehend custody
    jail imprison prison incarcerate
    charge indict
    sentence condemn
    hold keep
    send dispatch deploy
    leave depart
    arrive reach
    come arrive
    rise climb increase grow jump surge soar
    fall drop decline decrease plunge slump tumble sink
    raise hike lift
    cut reduce slash lower trim
    close shut
    open launch
    build construct erect
    destroy demolish wreck
    crash collide
    explode detonate blast
    bomb explosive
    show reveal disclose
    hide conceal
    think believe
    want seek
    try attempt
    help aid assist
    meet encounter
    talk speak discuss negotiate
    speech address remark
    plan intend
    expect anticipate
    delay postpone
    cancel scrap
    stop halt cease
    continue proceed
    win victory
    lead head
    sign ink
    agree accept
    deal agreement accord pact
    bill legislation measure
    law legislation statute
    rule regulation
    ruling decision verdict
    vote ballot
    poll survey
    senator senate
    congressman congresswoman representative congressional
    lawmaker legislator congressman congresswoman
    president presidential
    governor gubernatorial
    mayor mayoral
    leader chief head
    boss chief
    director head
    founder founding
    spokesman spokeswoman spokesperson
    adviser advisor
    lawyer attorney counsel
    police officer cop
    soldier troop serviceman
    military army
    jet warplane plane aircraft
    airliner plane aircraft airplane
    car vehicle automobile
    truck lorry
    ship vessel boat
    gun firearm weapon
    gunman shooter attacker assailant
    attack assault strike
    raid storm
    protest demonstrate demonstration rally
    walkout strike
    company firm corporation business
    worker employee staff
    job employment work
    pay wage salary
    money cash fund
    cost price
    tax levy
    profit earning
    loan credit
    country nation state
    world global worldwide international
    city town
    home house residence
    school college
    pupil student
    teacher educator
    child kid
    boy son
    girl daughter
    woman female
    man male
    mother mom mum
    father dad
    person people individual
    dozens scores
    marijuana cannabis pot
    drug narcotic
    medicine medical drug
    doctor physician medic
    illness disease sickness
    virus coronavirus
    flu influenza
    migrant immigrant
    refugee asylum
    border frontier
    storm hurricane
    fire blaze wildfire
    flood flooding inundate
    quake earthquake tremor
    film movie
    programme program programming
    ad advertisement advertising advert commercial
    web internet online
    article story
    letter note
    book manuscript
    reporter journalist correspondent
    newspaper paper
    accident crash
    murder slay kill
    inquiry investigation probe investigate inquire
    judge justice
    first-ever first
    nearly almost
    big large huge
    small little
    quickly fast rapidly swift
    usually normally
    publicly openly
    yearly annual annually
    monthly month
    weekly week
    daily day
    young youth
    old elderly
    rich wealthy
    poor impoverished
    legalize legalise legal lawful
    industrialize industrialise industrialized industrialised
    recognise recognize
    organise organize
    labour labor
    defence defense
    centre center
    theatre theater
    behaviour behavior
    honour honor
    neighbour neighbor
    metre meter
    litre liter
    grey gray
    enrol enroll
    travel trip journey visit
    visit tour
    join enter
    rescue save
    survive survivor
    cell prison
    open-air outdoors
    gather assemble convene meet
    host hold organize organise
    release publish issue
    praise laud hail commend applaud
    criticize criticise condemn denounce slam
    claim assert contend maintain argue
    worry concern fear
    allow permit let enable
    require demand need
    ensure guarantee
    replace succeed
    damage harm
    protect defend safeguard
    prevent block stop
    ban bar prohibit outlaw
    restrict limit curb
    expand extend widen
    create establish
    cause trigger spark prompt provoke
    face confront
    use employ utilize
    stay remain
    produce manufacture
    provide supply offer
    pay spend
    search seek look
    watch view
    teach educate
    total sum
    figure number
    part portion
    area region
    street road
    flat apartment
    largest biggest
    latest newest
    main principal
    whole entire
    near close
    wife spouse
    husband spouse
    relative family
    chairman chairwoman chair
    businessman businesswoman entrepreneur
    customer client shopper
    fan supporter
    enemy foe
    ally partner
    goal aim target
    effort attempt
    rally gathering
    fight battle
    conflict war
    peace truce ceasefire
    nuclear atomic
    petrol gasoline fuel
    shop store
    supermarket grocery
    rubbish garbage trash
    autumn fall
    football soccer
    pavement sidewalk
    lift elevator
    """.strip().splitlines()
)
"""Rows of words for one deed or thing, as base forms. Example: "She fractured a rib" for "She broke a rib" """

EMPTY_WORDS = frozenset(
    """
    also however meanwhile moreover furthermore indeed therefore thus still already reportedly according accord
    then later earlier recently now among amongst while whereas including include well via upon called named
    make makes made making yet too both alike respectively thereby nevertheless nonetheless though although
    """.split()
)
"""Words without which a statement says the same. Example: "Meanwhile, the court also met." """
HEDGING_ADJECTIVES = frozenset(
    """
    alleged suspected accused supposed apparent purported proposed planned possible potential likely unlikely presumed
    would-be so-called self-described attempted intended prospective hypothetical rumored rumoured expected aspiring
    """.split()
)
"""Words before a noun that take back that it is one. Example: "the alleged killer" """
PARTIAL_WORDS = frozenset("most some many few several half nearly almost partly mostly only hardly barely".split())
"""Words before a noun that say how many are meant. Example: "Most senators voted for it." """
