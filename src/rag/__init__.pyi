# The public names, each once. Type checkers and editors read them here, and so does `__init__.py`, which loads a name's
# module when the name is first used.

from rag.core.article import Article as Article
from rag.core.article import Hit as Hit
from rag.core.article import Passage as Passage
from rag.core.article import Sentence as Sentence
from rag.core.article import Span as Span
from rag.core.errors import ArticleError as ArticleError
from rag.core.errors import ArticleNameError as ArticleNameError
from rag.core.errors import BackupError as BackupError
from rag.core.errors import CitationError as CitationError
from rag.core.errors import EmbedderMismatchError as EmbedderMismatchError
from rag.core.errors import FieldError as FieldError
from rag.core.errors import IndexBusyError as IndexBusyError
from rag.core.errors import IndexDamagedError as IndexDamagedError
from rag.core.errors import IndexFormatError as IndexFormatError
from rag.core.errors import IndexMissingError as IndexMissingError
from rag.core.errors import IndexNotWritableError as IndexNotWritableError
from rag.core.errors import ModelError as ModelError
from rag.core.errors import QuestionError as QuestionError
from rag.core.errors import QuestionsFileError as QuestionsFileError
from rag.core.errors import RagError as RagError
from rag.core.errors import SettingsError as SettingsError
from rag.core.errors import StandingError as StandingError
from rag.core.remedies import Remedy as Remedy
from rag.core.reports import CheckReport as CheckReport
from rag.core.reports import Edition as Edition
from rag.core.reports import FileStep as FileStep
from rag.core.reports import LibraryStatus as LibraryStatus
from rag.core.reports import UpdateReport as UpdateReport
from rag.core.reports import WithdrawnArticle as WithdrawnArticle
from rag.core.schema import Answer as Answer
from rag.core.schema import ArchiveCount as ArchiveCount
from rag.core.schema import Citation as Citation
from rag.core.schema import OtherAnswer as OtherAnswer
from rag.core.search_results import FoundArticle as FoundArticle
from rag.core.search_results import SearchResult as SearchResult
from rag.core.search_results import Snippet as Snippet
from rag.core.search_results import WordCount as WordCount
from rag.core.search_results import WordPlace as WordPlace
from rag.core.settings import Settings as Settings
from rag.core.settings_sources import load_settings as load_settings
from rag.drafts.results import CheckedStatement as CheckedStatement
from rag.drafts.results import DraftCheck as DraftCheck
from rag.drafts.results import DraftPart as DraftPart
from rag.evaluation.run import evaluate as evaluate
from rag.evaluation.schema import Evaluation as Evaluation
from rag.evaluation.schema import Expected as Expected
from rag.library import Library as Library
from rag.said.results import Said as Said
from rag.said.results import SameWords as SameWords
from rag.said.results import Statement as Statement
from rag.shortcuts import answer as answer
from rag.shortcuts import read as read
from rag.standing.results import Standing as Standing
from rag.standing.results import StandingAnswer as StandingAnswer
from rag.standing.results import StandingChange as StandingChange
from rag.standing.results import StandingCheck as StandingCheck
from rag.standing.results import StandingQuestion as StandingQuestion
from rag.verification.results import QuoteClaim as QuoteClaim
from rag.verification.results import QuoteDifference as QuoteDifference
from rag.verification.results import QuotePlace as QuotePlace
from rag.verification.results import Verification as Verification

__all__: list[str]
__version__: str
