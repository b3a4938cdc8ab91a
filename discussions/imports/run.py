"""A whole import: read, write what isn't here yet, count again, say what happened."""

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from community.outbox.gate import background_writer
from community.spaces.models import Space
from discussions.answers.rebuilds import rebuild_contributions
from discussions.imports.batches import Batch, read_batches
from discussions.imports.counting import count_batch
from discussions.imports.dangling import dangling_references, unrendered_posts, write_lines
from discussions.imports.dump import Progress, check_folder
from discussions.imports.here import look_up
from discussions.imports.left_out import count_left_out
from discussions.imports.links import import_links
from discussions.imports.origins import Source
from discussions.imports.people import Authors, import_people
from discussions.imports.posts import PostBuilder
from discussions.imports.same_site import require_same_site
from discussions.imports.spaces import find_space, make_space
from discussions.imports.staging import Stage
from discussions.imports.storing import store
from discussions.imports.tags import import_tags
from discussions.imports.tally import Tally
from discussions.imports.threads import ThreadBuilder
from discussions.topics.rebuilds import rebuild_tag_counts, rebuild_topic_counters


@dataclass(frozen=True)
class Options:
    """What the command was told. site is the host of the source, "" if it isn't known."""

    folder: Path
    space: str
    create_space: bool = False
    site: str = ""
    dry_run: bool = False


def import_dump(options: Options, progress: Progress) -> Tally:
    """Bring a dump into a space; what an earlier run brought in stays as it is.

    Each batch is one transaction with the Origin rows of what it added, so that a run that was
    killed goes on where it stood. Writes no events: derived tables are counted again at the end.
    Raises DumpError before anything is written.
    """
    source = Source(options.site or options.folder.resolve().name, options.site)
    check_folder(options.folder)
    require_same_site(options.folder, source)
    space = find_space(options.space, source, create=options.create_space)
    stage = Stage()
    stage.fill(options.folder, progress)
    # People who work at the same time are served first: see community/outbox/gate.py.
    with background_writer():
        if space is None and not options.dry_run:
            space = make_space(options.space, source)
        tally = _Run(stage, source, space, options, progress).run()
        if space is not None and not options.dry_run:
            _rebuild(space, progress)
    return tally


@dataclass
class _Run:
    stage: Stage
    source: Source
    space: Space | None
    options: Options
    progress: Progress

    def run(self) -> Tally:
        tally, dry_run = Tally(), self.options.dry_run
        count_left_out(self.stage, tally)
        import_people(self.stage, self.source, tally, self.progress, dry_run=dry_run)
        import_tags(self.stage, self.source, tally, self.progress, dry_run=dry_run)
        self._import_threads(tally)
        import_links(self.stage, self.source, tally, self.progress, dry_run=dry_run)
        self._list_dangling(tally)
        if not dry_run:
            pattern = f"/old/{quote(self.source.system)}/question/<id>"
            tally.remarks.append(f"Ids of the source lead to what was imported: {pattern}")
        return tally

    def _import_threads(self, tally: Tally) -> None:
        done, total = 0, self.stage.count("SELECT count(*) FROM posts WHERE kind = 1")
        for batch in read_batches(self.stage):
            threads = self._builder(batch).build()
            if threads and not self.options.dry_run:
                store(threads, self.source)
            count_batch(batch, threads, tally)
            done += len(batch.questions)
            self.progress("Questions", done, total)

    def _builder(self, batch: Batch) -> ThreadBuilder:
        authors = Authors(self.source, {row["owner"] for row in batch.all_rows()})
        posts = PostBuilder(batch, authors, has_votes="Votes.xml" in self.stage.files)
        here = look_up(batch, self.source)
        space_id = self.space.pk if self.space else 0
        return ThreadBuilder(batch, here, posts, space_id, self.source.system)

    def _list_dangling(self, tally: Tally) -> None:
        dangling = sum(1 for _line in dangling_references(self.stage))
        if self.space is None or self.options.dry_run:
            tally.remarks.append(f"References to what isn't in the dump: {dangling:,}.")
            return
        unrendered = list(unrendered_posts(self.space))
        path = settings.DATA_DIR / "imports" / f"{self.options.folder.resolve().name}-dangling.txt"
        tally.remarks.append(f"References to what isn't in the dump: {dangling:,}")
        tally.remarks.append(f"Texts that can't be rendered: {len(unrendered):,}")
        try:
            write_lines(path, chain(dangling_references(self.stage), unrendered))
        except OSError as error:
            tally.remarks.append(f"Neither is listed: {path} can't be written ({error.strerror})")
        else:
            tally.remarks.append(f"Both are listed in {path}")


def _rebuild(space: Space, progress: Progress) -> None:
    rebuild_topic_counters(lambda done, total: progress("Counters", done, total), space=space)
    rebuild_tag_counts(lambda done, total: progress("Tag counts", done, total), space=space)
    rebuild_contributions(lambda done, total: progress("Contributions", done, total), space=space)
