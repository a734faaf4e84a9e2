"""The words of the sample data in Dutch, and its names in French. Plain data."""

# what records are called: shown to everybody in the own language
NAMES = {
    # departments
    "Management": "Directie",
    "Finance": "Financiën",
    "Human resources": "Personeel en organisatie",
    "Customers and operations": "Klanten en operaties",
    "Customer service": "Klantendienst",
    "Digital": "Digitaal",
    "Plant management": "Directie productie",
    "Early shift": "Vroege ploeg",
    "Late shift": "Late ploeg",
    "Quality and maintenance": "Kwaliteit en onderhoud",
    "Care management": "Directie zorg",
    "Home care": "Thuiszorg",
    "Residence": "Woonzorg",
    # jobs
    "Managing director": "Algemeen directeur",
    "Finance director": "Financieel directeur",
    "Accountant": "Boekhouder",
    "Payroll officer": "Payrollmedewerker",
    "HR business partner": "HR-businesspartner",
    "HR systems officer": "Beheerder HR-systemen",
    "Training and recruitment officer": "Verantwoordelijke opleiding en werving",
    "Operations director": "Operationeel directeur",
    "Team leader": "Teamleider",
    "Customer adviser": "Klantenadviseur",
    "Order planner": "Orderplanner",
    "Process engineer": "Procesingenieur",
    "Analyst": "Analist",
    "Developer": "Ontwikkelaar",
    "Plant manager": "Productiedirecteur",
    "Shift leader": "Ploegleider",
    "Operator": "Machinebediener",
    "Machine setter": "Insteller",
    "Maintenance technician": "Onderhoudstechnicus",
    "Quality inspector": "Kwaliteitscontroleur",
    "Care director": "Zorgdirecteur",
    "Care coordinator": "Zorgcoördinator",
    "Nurse": "Verpleegkundige",
    "Care assistant": "Zorgkundige",
    # skills and paths
    "At Lindervoort": "Bij Lindervoort",
    "Leading people": "Leidinggeven",
    "Customer talks": "Klantgesprekken",
    "Planning": "Plannen",
    "Process improvement": "Procesverbetering",
    "Machine setting": "Machines instellen",
    "Dementia care": "Dementiezorg",
    "Certificates at Lindervoort": "Getuigschriften bij Lindervoort",
    "Career conversations": "Loopbaangesprekken voeren",
    "Around the customer": "Rond de klant",
    "From operating to leading": "Van bedienen naar leiden",
    "In care": "In de zorg",
    # what HR makes
    "Career conversations %s": "Loopbaangesprekken %s",
}
NAMES_FRENCH = {
    "Management": "Direction",
    "Finance": "Finances",
    "Human resources": "Ressources humaines",
    "Customers and operations": "Clients et opérations",
    "Customer service": "Service clientèle",
    "Digital": "Numérique",
    "Plant management": "Direction de la production",
    "Early shift": "Équipe du matin",
    "Late shift": "Équipe du soir",
    "Quality and maintenance": "Qualité et maintenance",
    "Care management": "Direction des soins",
    "Home care": "Soins à domicile",
    "Residence": "Résidence",
    "Managing director": "Directeur général",
    "Finance director": "Directeur financier",
    "Accountant": "Comptable",
    "Payroll officer": "Gestionnaire de paie",
    "HR business partner": "Partenaire RH",
    "HR systems officer": "Gestionnaire des systèmes RH",
    "Training and recruitment officer": "Responsable formation et recrutement",
    "Operations director": "Directeur des opérations",
    "Team leader": "Chef d'équipe",
    "Customer adviser": "Conseiller clientèle",
    "Order planner": "Planificateur",
    "Process engineer": "Ingénieur des procédés",
    "Analyst": "Analyste",
    "Developer": "Développeur",
    "Plant manager": "Directeur d'usine",
    "Shift leader": "Chef de poste",
    "Operator": "Opérateur",
    "Machine setter": "Régleur",
    "Maintenance technician": "Technicien de maintenance",
    "Quality inspector": "Contrôleur qualité",
    "Care director": "Directeur des soins",
    "Care coordinator": "Coordinateur des soins",
    "Nurse": "Infirmier",
    "Care assistant": "Aide-soignant",
    "At Lindervoort": "Chez Lindervoort",
    "Leading people": "Diriger une équipe",
    "Customer talks": "Entretiens avec les clients",
    "Planning": "Planification",
    "Process improvement": "Amélioration des processus",
    "Machine setting": "Réglage des machines",
    "Dementia care": "Accompagnement de la démence",
    "Certificates at Lindervoort": "Certificats chez Lindervoort",
    "Career conversations": "Mener des entretiens de carrière",
    "Around the customer": "Autour du client",
    "From operating to leading": "De la machine à l'équipe",
    "In care": "Dans les soins",
    "Career conversations %s": "Entretiens de carrière %s",
}

# what people wrote: in one language, that of who installs the sample data
TEXTS = {
    "Discovers": "Ontdekt",
    "Practises": "Oefent",
    "Masters": "Beheerst",
    "Teaches": "Leert aan",
    "Certified": "Behaald",
    "Change of field, technical careers": (
        "Van richting veranderen, technische loopbanen"
    ),
    "Beginning a career, first steps in leading": (
        "Begin van een loopbaan, eerste stappen in leidinggeven"
    ),
    "Work and energy, care professions": "Werk en energie, zorgberoepen",
    "Growing towards leading a team": "Groeien naar teamleider",
    "Give feedback that people can use": "Feedback geven waar mensen iets mee kunnen",
    "When a colleague makes the same mistake a second time.": (
        "Als een collega twee keer dezelfde fout maakt."
    ),
    "I correct it myself and say nothing.": "Ik verbeter het zelf en zeg niets.",
    "I say what I saw, what it caused, and ask what would help.": (
        "Ik zeg wat ik zag en wat het teweegbracht, en vraag wat zou helpen."
    ),
    "Plan the work of a week": "Het werk van een week plannen",
    "Run the Monday meeting for two months": "Twee maanden het maandagoverleg leiden",
    "Follow the training on feedback": "De opleiding over feedback volgen",
    "Talk with a mentor every month": "Elke maand met een mentor praten",
    "Plan the holidays of the team": "De vakanties van het team plannen",
    "Stand in for the team leader in summer": "De teamleider vervangen in de zomer",
    "Learning to run a project": "Een project leren leiden",
    "Say no to extra wishes": "Nee zeggen tegen extra wensen",
    "When somebody asks for one more thing late in a project.": (
        "Als iemand laat in een project nog iets vraagt."
    ),
    "I say yes and work in the evening.": "Ik zeg ja en werk 's avonds door.",
    "I show what it costs, and let the owner choose.": (
        "Ik toon wat het kost en laat de opdrachtgever kiezen."
    ),
    "Estimate work": "Werk inschatten",
    "Lead the move to the new order screen": (
        "De overstap naar het nieuwe bestelscherm leiden"
    ),
    "Keep a log of estimates and real hours": "Schattingen en echte uren bijhouden",
    "Visit a project at the plant for a day": (
        "Een dag meelopen met een project in de fabriek"
    ),
    "Read two books and tell the team": "Twee boeken lezen en erover vertellen",
    "Difficult customer talks": "Moeilijke klantgesprekken",
    "Stay calm when a customer is angry": "Kalm blijven als een klant boos is",
    "On the phone, after a late delivery.": "Aan de telefoon, na een late levering.",
    "I defend the company and the talk gets longer.": (
        "Ik verdedig het bedrijf en het gesprek sleept aan."
    ),
    "I listen first, sum up, and then propose one thing.": (
        "Ik luister eerst, vat samen en stel dan één ding voor."
    ),
    "Listen in with an experienced colleague": "Meeluisteren met een ervaren collega",
    "Workshop on difficult talks": "Workshop over moeilijke gesprekken",
    "Practise with the team, once a month": "Eén keer per maand oefenen met het team",
    "Answer the complaints of one week": "De klachten van één week beantwoorden",
    "From operating to setting the machines": "Van bedienen naar instellen",
    "Set the machine for a new batch": "De machine instellen voor een nieuwe reeks",
    "At the start of a shift, with another product.": (
        "Bij het begin van een ploeg, met een ander product."
    ),
    "I wait for the setter.": "Ik wacht op de insteller.",
    "I set line 2 myself and check the first pieces.": (
        "Ik stel lijn 2 zelf in en controleer de eerste stukken."
    ),
    "Set line 2 together with the setter": "Lijn 2 samen met de insteller instellen",
    "Two weeks in maintenance": "Twee weken in het onderhoud",
    "Safety certificate": "Veiligheidsattest",
    "Explain the change-over to a new colleague": (
        "De omstelling uitleggen aan een nieuwe collega"
    ),
    "More depth in the care for people with dementia": (
        "Meer diepgang in de zorg voor mensen met dementie"
    ),
    "Read unrest before it grows": "Onrust zien voor ze groeit",
    "In the evening, when the team is small.": "'s Avonds, als het team klein is.",
    "I react when somebody is upset already.": (
        "Ik reageer als iemand al van streek is."
    ),
    "I see the signs and change what happens around the person.": (
        "Ik zie de signalen en verander wat er rond de persoon gebeurt."
    ),
    "Tell the family what we see": "De familie vertellen wat we zien",
    "At the monthly talk with the family.": "Bij het maandelijkse familiegesprek.",
    "The nurse does the talking.": "De verpleegkundige voert het woord.",
    "I lead the talk and write the summary.": (
        "Ik leid het gesprek en schrijf de samenvatting."
    ),
    "Course on dementia, three days": "Driedaagse cursus over dementie",
    "Follow a colleague of the residence": "Meelopen met een collega van de woonzorg",
    "Lead the talk with two families": "Het gesprek met twee families leiden",
    "Talk about a case with a coach": "Een situatie bespreken met een coach",
    "Becoming the team's specialist": "De specialist van het team worden",
    "Explain technical choices simply": "Technische keuzes eenvoudig uitleggen",
    "In meetings with other departments.": "In overleg met andere afdelingen.",
    "I use words that nobody else knows.": (
        "Ik gebruik woorden die niemand anders kent."
    ),
    "I say what it changes for the people who use it.": (
        "Ik zeg wat het verandert voor wie ermee werkt."
    ),
    "Improve a process": "Een proces verbeteren",
    "Give a demonstration every month": "Elke maand een demonstratie geven",
    "Course on process improvement": "Cursus procesverbetering",
    "A day with customer service": "Een dag bij de klantendienst",
    "Write the guide of the new tool": "De handleiding van de nieuwe tool schrijven",
    "Courses for this year": "Opleidingen voor dit jaar",
    "Know the new rules": "De nieuwe regels kennen",
    "Training on the new rules": "Opleiding over de nieuwe regels",
    "Refresher course": "Opfriscursus",
    "I like to see others grow, and I organise easily.": (
        "Ik zie graag anderen groeien, en organiseren gaat me goed af."
    ),
    "I would like to know the customers from nearby.": (
        "Ik zou de klanten graag van dichtbij kennen."
    ),
    "People ask me already; I want to know it well.": (
        "Mensen vragen het me nu al; ik wil het echt goed kennen."
    ),
    "My days look the same. I can carry more.": (
        "Mijn dagen lijken op elkaar. Ik kan meer aan."
    ),
    "A project from beginning to end, once.": (
        "Eén keer een project van begin tot einde."
    ),
    "Two months elsewhere would teach me a lot.": (
        "Van twee maanden elders zou ik veel leren."
    ),
    "I am in the right place and want to stay good at it.": (
        "Ik zit op mijn plaats en wil er goed in blijven."
    ),
    "Four days a week, with less travelling.": (
        "Vier dagen per week, met minder verplaatsingen."
    ),
    "I wonder whether my work is worth more elsewhere.": (
        "Ik vraag me af of mijn werk elders meer waard is."
    ),
    "What could be my next step here?": "Wat kan hier mijn volgende stap zijn?",
    "I would like to learn more about another team.": (
        "Ik zou een ander team beter willen leren kennen."
    ),
    "How do I get more variety in my work?": (
        "Hoe krijg ik meer afwisseling in mijn werk?"
    ),
    "Can I grow towards leading people?": "Kan ik doorgroeien naar leidinggeven?",
    "When a customer thanks me by name. That happens more than I thought.": (
        "Als een klant me bij naam bedankt. Dat gebeurt vaker dan ik dacht."
    ),
    "Explaining things; people come to me for it.": (
        "Dingen uitleggen; mensen komen er voor naar mij."
    ),
    "Less waiting for others, and a part that is really mine.": (
        "Minder wachten op anderen, en een stuk dat echt van mij is."
    ),
    "I would miss the team. I would not miss the paper.": (
        "Het team zou ik missen. Het papierwerk niet."
    ),
    "A first step: follow somebody for a day.": (
        "Een eerste stap: een dag meelopen met iemand."
    ),
    "<p>We looked back on the year. What gives energy: solving things together. "
    "What takes it: waiting for information.</p><p>Agreed: a plan with a few "
    "steps, and a look at it after three months.</p>": (
        "<p>We keken terug op het jaar. Wat energie geeft: samen dingen oplossen. "
        "Wat energie kost: wachten op informatie.</p><p>Afgesproken: een plan met "
        "enkele stappen, en na drie maanden bekijken we het opnieuw.</p>"
    ),
    "<p>The present job fits. We keep it, and talk again in a year.</p>": (
        "<p>De huidige functie past. We houden het zo en praten over een jaar "
        "opnieuw.</p>"
    ),
    "<p>There is a wish for another team. We look for a way to try it first.</p>": (
        "<p>Er is een wens voor een ander team. We zoeken een manier om dat eerst te "
        "proberen.</p>"
    ),
    "<p>A good conversation. The wish is realistic within a year; a project would "
    "help to prepare it.</p>": (
        "<p>Een goed gesprek. De wens is haalbaar binnen het jaar; een project zou "
        "helpen als voorbereiding.</p>"
    ),
    "<p>We agreed on a plan. What it asks of the team: one day a month.</p>": (
        "<p>We spraken een plan af. Wat het van het team vraagt: één dag per maand.</p>"
    ),
    "<p>No change wished at present. Worth asking again next year.</p>": (
        "<p>Nu geen verandering gewenst. Volgend jaar opnieuw vragen.</p>"
    ),
    "<p>I would like HR to know that I look for a chance to try another team.</p>": (
        "<p>Ik wil dat HR weet dat ik een kans zoek om een ander team te proberen.</p>"
    ),
    "<p>We talked about working hours. I would like to tell that four days a week "
    "would help; nothing else.</p>": (
        "<p>We praatten over werkuren. Ik zou willen vertellen dat vier dagen per "
        "week zou helpen; verder niets.</p>"
    ),
    "The hour went to the change of shifts; a new date is needed.": (
        "Het uur ging naar de ploegenwissel; er is een nieuwe datum nodig."
    ),
    "Both are on other work this month; asked again in the next round.": (
        "Beiden zitten deze maand op ander werk; we vragen het opnieuw in de "
        "volgende ronde."
    ),
    "<p>Thank you. We look at the hours together next week.</p>": (
        "<p>Bedankt. Volgende week bekijken we de uren samen.</p>"
    ),
    "I doubt between code and people.": "Ik twijfel tussen code en mensen.",
    "How do I keep this up until 65?": "Hoe hou ik dit vol tot mijn 65?",
    "Is finance still what I want?": "Wil ik nog altijd in de financiën werken?",
    "I would like to change to education.": (
        "Ik zou naar het onderwijs willen overstappen."
    ),
    "What are my strong sides?": "Wat zijn mijn sterke kanten?",
    "Nursing or the laboratory?": "Verpleging of het labo?",
    "Both were away; done with the next one.": (
        "Beiden waren afwezig; samen met het volgende gedaan."
    ),
    "Looked at each action; what waits has a new date.": (
        "Elke actie bekeken; wat wacht, heeft een nieuwe datum."
    ),
    "Told about it in the team.": "Erover verteld in het team.",
    "The machine was sold; it has no use any more.": (
        "De machine is verkocht; het heeft geen zin meer."
    ),
    "Another job came first.": "Een andere functie kwam eerst.",
    "The course is not given this year.": "De cursus gaat dit jaar niet door.",
    "I have no room this month.": "Ik heb deze maand geen plaats.",
    "Sent to the wrong person.": "Naar de verkeerde persoon gestuurd.",
    "Meeting room 2": "Vergaderzaal 2",
    "<p>Once a year everybody talks about work and career, with the own manager or "
    "with somebody else. You choose. Prepare it with the questions; nobody reads "
    "your answers unless you share them.</p>": (
        "<p>Eén keer per jaar praat iedereen over werk en loopbaan, met de eigen "
        "leidinggevende of met iemand anders. Jij kiest. Bereid het voor met de "
        "vragen; niemand leest je antwoorden, tenzij je ze deelt.</p>"
    ),
    "Began here a short while ago; the talk follows in the next round.": (
        "Werkt hier nog maar kort; het gesprek volgt in de volgende ronde."
    ),
    "Everybody can follow one day of training a year of the own choice.": (
        "Iedereen kan jaarlijks één opleidingsdag naar eigen keuze volgen."
    ),
    "<p>Strong in working with people and in keeping calm. To develop: saying what "
    "is needed, earlier.</p>": (
        "<p>Sterk in het werken met mensen en in kalm blijven. Te ontwikkelen: "
        "vroeger zeggen wat nodig is.</p>"
    ),
    "<p>Colleagues value the reliability. They ask for more initiative in "
    "meetings.</p>": (
        "<p>Collega's waarderen de betrouwbaarheid. Ze vragen meer initiatief in "
        "overleg.</p>"
    ),
    "<p>Sees connections quickly. A first project of limited size is a good next "
    "step.</p>": (
        "<p>Ziet snel verbanden. Een eerste, beperkt project is een goede volgende "
        "stap.</p>"
    ),
    "How do I begin a talk with somebody who never wishes anything?": (
        "Hoe begin ik een gesprek met iemand die nooit iets wenst?"
    ),
    "Somebody wants to step back. What can I promise?": (
        "Iemand wil een stap terugzetten. Wat kan ik beloven?"
    ),
    "Nothing yet: listen, note what would help, and look at it together with HR.": (
        "Nog niets: luister, noteer wat zou helpen en bekijk het samen met HR."
    ),
    "May I ask about health when somebody wants less night work?": (
        "Mag ik naar de gezondheid vragen als iemand minder nachtwerk wil?"
    ),
    "No. Ask what would help in the work; the reason is not yours to note.": (
        "Nee. Vraag wat in het werk zou helpen; de reden hoor je niet te noteren."
    ),
    "I followed a planner for a week, and then it was my turn.": (
        "Ik liep een week mee met een planner, en toen was het mijn beurt."
    ),
    "I stood in for my team leader twice before I applied.": (
        "Ik verving mijn teamleider twee keer voor ik me kandidaat stelde."
    ),
    "I still know what happens at the machine; that helps.": (
        "Ik weet nog altijd wat er aan de machine gebeurt; dat helpt."
    ),
}
