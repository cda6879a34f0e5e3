"""The areas that specs are written for, each with finer ones and a line on what belongs there.

The areas are those of FuzzyBench (Program-as-Weights); the finer ones and all wording are our own.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from programasweights.errors import DataError

__all__ = ["AREAS", "SUBCATEGORIES", "Subcategory", "choose"]


@dataclass(frozen=True)
class Subcategory:
    """A kind of task."""

    area: str
    """The area it belongs to."""
    name: str
    """A few words, unlike those of any other."""
    description: str
    """What such tasks do, in one line."""


_TABLE = """
# Core text processing
Case and capitalisation: put text into sentence case, title case or the case that names and acronyms need
White space and line breaks: join broken lines, split run-on paragraphs, even out spacing and indentation
Punctuation repair: add, move or correct commas, full stops, quotation marks and apostrophes
Spelling correction: mend typing errors and keep names, slang and code as they are
Selecting words or sentences: give back the words, sentences or lines that a loosely worded rule picks
Finding and replacing by meaning: replace what is meant in whatever form it is written
Splitting into fields: cut an irregular line into its parts and print them in a fixed form
Sorting and removing duplicates: order short lists or drop entries that say the same in other words
Abbreviations: expand shortened words, or shorten words the way people in a trade do
Numbers and units in text: rewrite amounts, measures and number words in one uniform way
Dates and times in text: turn dates and times as people write them into one stated form
Lists from prose: turn what a sentence counts up into a clean list

# Academic and bibliography
Parsing references: take a reference apart into authors, title, venue, year and pages
Converting citation styles: rewrite a reference from one style of citing into another
Author names: put the names of authors into a uniform form or order
Titles and headings: clean up, shorten or re-case titles of papers and chapters
Journal and conference names: expand or abbreviate names of venues and tell their variants apart
Identifiers of publications: find, clean or check DOIs, ISBNs, arXiv numbers and the like in text
Kind of publication: decide from a reference whether it is a thesis, article, book, report or preprint
Research field: name the discipline or subject of a title or abstract
Parts of abstracts: label the sentences of an abstract as aim, method, finding or conclusion
In-text citations: find citations in running text and say whom they name or what for
Study details: read sample sizes, methods or measured effects from a summary of a study

# Inference and reasoning
Entailment: decide whether a statement follows from a text, contradicts it, or neither
Cause and effect: name what led to an event, or what it led to
Order of events: put events in their order in time from a loose account
Arithmetic in words: work out a small calculation that is told as a story
Common sense: judge what is plausible, possible or expected in everyday life
Comparisons: find who or what has more or less of something from several statements
Rules and exceptions: apply a stated rule with exceptions to a case
Time spans: work out durations, ages, deadlines or overlaps from a description
Family and other relations: follow who is what to whom through several steps
Analogies: complete or judge pairs that stand in the same relation
Hidden assumptions: name what an argument takes for granted without saying so

# Traditional NLP
Sentiment: tell how favourable a text is, on a stated scale
Named entities: list people, places, organisations or products that a text mentions
Parts of speech: label words by word class or pick words of one class
Topic labels: assign a text to one of several named topics
Language identification: tell which language, or mix of languages, a text is in
Keyphrases: pick the few phrases that say what a text is about
Coreference: say whom or what a pronoun or short name stands for
Relations between entities: draw out who does what to whom as a short triple
Paraphrase detection: decide whether two texts say the same
Word senses: tell which meaning a word has where it stands
Short summaries: say in one line what a short text says
Simple translation: render everyday phrases in another language under stated rules

# Fuzzy classification
Urgency: rate how soon a message needs a reaction
Intent of messages: sort what people write to a service by what they want
Emotion: name the feeling that a short text shows
Tone of voice: tell formal, friendly, sarcastic, annoyed and other tones apart
Relevance to a subject: decide whether a text has to do with a loosely stated subject
Difficulty level: rate how hard a text, question or task is
Audience: tell for whom a text is written
Products and things by kind: sort names or descriptions of things into everyday kinds
Seriousness of incidents: grade reports of faults or accidents by how bad they are
Lead and enquiry quality: judge how promising or complete an enquiry is
Spam and unwanted mail: tell wanted messages from unwanted ones by a stated policy

# Reasoning and answer extraction
Final answers: pull the final answer out of a long worked solution
Chosen options: find which option of a multiple choice question a rambling reply chooses
Numeric results: read the number with its unit that a reply arrives at
Yes or no from explanations: boil a wordy reply down to yes, no or unclear
Answers from passages: copy the span of a passage that answers a question
Corrected answers: find what a writer settles on after changing their mind
Steps of a solution: number, name or count the steps of a worked solution
First error in a solution: point to the first step that does not follow
Stated certainty: grade how sure a reply says it is
Several answers in one reply: take apart a reply to several questions into one answer each
Unanswered questions: notice when a reply evades the question or lacks an answer

# Robustness to variations
Typing errors in commands: understand a command from a closed set however it is misspelt
Noisy scans: read text with errors of optical character recognition
Speech transcripts: make sense of unpunctuated transcripts with fillers and false starts
Chat spelling: normalise abbreviations, repeated letters and missing vowels of chats
Mixed languages: treat inputs that switch language in mid-sentence like others
Odd formats of the same fact: read one kind of value from every form that people write it in
Inputs with extra text: do a task although greetings, signatures or quotes surround the input
Synonyms for labels: map what people call something onto a fixed set of labels
Missing or empty parts: follow a stated rule for inputs that lack something
Reordered parts: read records whose fields come in any order
Regional spelling: treat British, American and other spellings and formats alike

# Content understanding
Main point: state what a text chiefly says or asks for
Agreed tasks: list who will do what by when from notes or mails
Questions in text: find the questions a message asks, also those without a question mark
Products in reviews: tell which feature of a product a review praises or blames
Events and where they are: read what, where and when from an announcement
Recipes and instructions: pull ingredients, tools or steps out of everyday instructions
Point of view: tell who speaks and in whose interest
Facts against figures of speech: tell what is meant literally from what is not
Headlines for text: choose or write the headline that fits a short text
Gaps in information: say what a reader would still need to know
Plot and characters: say who appears in a short story and what changes
Changes between versions: say in words what differs between two versions of a text

# Safety and quality
Toxic language: grade insults, threats and harassment by a stated policy
Dangerous requests: flag requests that a stated policy does not allow
Self-harm signals: notice when a message calls for a person to step in
Scams and phishing: tell fraudulent messages from real ones and name the sign
Claims without support: find statements that the given source does not bear out
Prompt injection: notice text that tries to give orders to the program that reads it
Age suitability: assign content to an age group
Writing quality: grade clarity, flow or correctness by a short rubric
Completeness checks: tell whether a text has all parts that a guideline asks for
Readiness for publication: accept a text or send it back with the reason
Medical and legal caution: notice where advice needs a specialist

# Format validation
E-mail and web addresses: judge whether an address is well formed under stated rules
Dates in a required form: accept or refuse dates by form and by calendar
Broken JSON: say whether JSON is valid, or mend it
Tables and separated values: check that rows have the columns and kinds of value that they should
Numbers of documents: check the shape and check digits of identifiers
Passwords and user names: judge names and passwords by a stated policy
Postal addresses: tell whether an address is complete and in the form of its country
Phone numbers: judge or mend phone numbers by stated rules
Templates and placeholders: find placeholders left unfilled or filled wrongly
File names and paths: check names of files against a convention
Configuration lines: check settings in a simple configuration language

# LLM evaluation and comparison
Better of two replies: choose the reply that serves the request better
Following instructions: judge whether a reply keeps to every instruction
Grading by rubric: give points to a reply by a short rubric
Agreement with a reference: judge whether a reply means the same as a reference answer
Invented facts: mark what a reply adds that its source does not say
Refused or answered: tell refusals, partial answers and full answers apart
Reply length and form: check a reply against limits on length, form and language
Politeness of replies: rate the manner of a reply to a customer
Kinds of failure: name what is wrong with a failed reply
Consistency between replies: tell whether several replies contradict each other
Prompt quality: find what is unclear or missing in a prompt

# Bias and opinion
Opinion or fact: tell statements of fact from opinion and mixtures
Stance: tell whether a text is for or against something named
Loaded words: find words that take sides and offer neutral ones
Stereotypes: notice statements that generalise about groups of people
Strength of opinion: grade how strongly a view is held
Gendered wording: find or replace wording that assumes a gender
Political leaning of wording: describe which side the wording favours by a stated guide
Balance of views: judge whether both sides of a question are given room
Kinds of persuasion: name the means by which a text tries to persuade
Source and attribution: tell who is said to hold a view
Advertising in disguise: tell paid praise from honest opinion

# HTML and web
Text from markup: give the readable text of a piece of HTML
Links and their text: list links with what they say or where they lead
Kinds of web page: tell from a snippet what sort of page it is
Page titles and descriptions: pull or write the title and description of a page
Tables in markup: turn a small HTML table into plain rows
Cleaning markup: drop tags, attributes or scripts by a stated rule and keep the rest
Forms and their fields: say what a form asks for, and what is required
Prices and offers on pages: read name, price and availability from a snippet of a shop
Web addresses in parts: take an address apart or say what it points to
Markup to Markdown: rewrite simple HTML as Markdown
Elements by description: name or select the element that a description means

# Linguistic analysis
Tense and aspect: tell or change the tense of a sentence
Active and passive: tell the voice of a sentence or turn one into the other
Grammatical errors: find the kind of error or give the corrected sentence
Formality: move a sentence up or down in formality
Kinds of sentence: tell questions, orders, wishes and statements apart
Word formation: take words apart into stem and endings, or form related words
Figures of speech: name metaphor, irony, exaggeration and the like
Subjects and objects: pick the subject, verb or object of a clause
Readability: rate or lower how hard a sentence is to read
Rhyme and sound: judge rhyme, syllables, stress or alliteration
Discourse markers: say how two clauses hang together
Dialect and register: tell regional and social varieties apart

# PII and privacy
Masking names: replace names of people and leave other names alone
Masking contact details: hide phone numbers, addresses and mail addresses in free text
Numbers that identify: find account, card, insurance and document numbers
Kinds of personal data: say which kinds of personal data a text holds
Health and other sensitive facts: notice details that deserve special protection
Indirect identification: judge whether a person could be told from the details
Pseudonyms: replace people by stable stand-ins throughout a text
Requests about personal data: sort letters about access, deletion or consent
Secrets in text: find passwords, keys and tokens in logs and messages
Dates and ages coarsened: replace exact dates and ages by ranges
Public or private: tell details of public offices from private ones

# Business logic
Routing of tickets: send a message to the right team by stated responsibilities
Refund and return rules: decide a case by a shop's policy
Expense checks: accept or refuse an expense by a policy with limits
Invoices and receipts: read supplier, amount, tax or date from text
Order changes: read what a customer wants changed in an order
Appointments: read or check requests for appointments against stated hours
Job applications: match a profile with the needs of a post
Contracts and terms: find notice periods, fees or duties in a clause
Stock and delivery notes: tell what was delivered, is missing or is late
Discounts and eligibility: decide who gets a price by stated conditions
Meeting and project updates: reduce an update to status, risk and next step

# Integration with code
Log lines: sort or take apart lines of logs
Error messages: say what kind of error it is or what it points at
Commit messages: classify or rewrite messages of commits by a convention
Names for code: turn a description into a name in a naming style
Plain words to commands: turn a request into a call from a small given set
Plain words to filters: turn a request into a query in a simple stated syntax
Code comments: judge or write the comment for a short piece of code
Programming language of a snippet: tell which language a snippet is in
Values for an interface: turn free text into the JSON object that an interface expects
Version numbers and changes: read versions or judge what kind of change an entry describes
Stack traces: find the culprit line, module or exception
"""


def _parse(table: str) -> tuple[Subcategory, ...]:
    found, area = [], ""
    for line in filter(None, table.splitlines()):
        if line.startswith("# "):
            area = line.removeprefix("# ")
            continue
        name, _, description = line.partition(": ")
        found.append(Subcategory(area, name, description))
    return tuple(found)


SUBCATEGORIES = _parse(_TABLE)
"""All finer areas, area by area."""

AREAS = tuple(dict.fromkeys(one.area for one in SUBCATEGORIES))
"""The areas by name."""


def choose(names: Sequence[str]) -> tuple[Subcategory, ...]:
    """The sub-categories that are named, or whose area is, in the order of the table; all for no names.

    Raises:
        DataError: a name is neither an area nor a sub-category; letter case does not matter.
    """
    wanted = {name.casefold() for name in names}
    known = {name.casefold(): name for name in (*AREAS, *(one.name for one in SUBCATEGORIES))}
    for name in names:
        if name.casefold() not in known:
            near = difflib.get_close_matches(name.casefold(), known, n=1)
            hint = f"did you mean {known[near[0]]!r}?" if near else f"the areas are {', '.join(AREAS)}."
            raise DataError(f"{name!r} is neither an area nor a sub-category; {hint}")
    if not wanted:
        return SUBCATEGORIES
    return tuple(s for s in SUBCATEGORIES if {s.area.casefold(), s.name.casefold()} & wanted)
