package io.warmgate.httpcache.purge;

import io.warmgate.httpcache.purge.Target.Kind;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where purges of one mode stand, by what they name. One thread writes, any thread reads: what one
 * purge marks is visible to a lookup as a whole once {@link #add} returned.
 */
final class Marks {
  /** A purge's place in the order, and when it was made. */
  record Mark(Position position, long atMillis) {
    static final Mark NONE = new Mark(Position.ZERO, 0);

    private static Mark later(Mark a, Mark b) {
      return a.position.isBefore(b.position) ? b : a;
    }
  }

  private final ConcurrentHashMap<Target, Mark> marks = new ConcurrentHashMap<>();

  /** Latest of all kinds: what was fetched since is untouched. Written after the map. */
  private volatile Mark newest = Mark.NONE;

  /** Latest that names tags. */
  private volatile Mark newestTags = Mark.NONE;

  /** Latest that names keys. */
  private volatile Mark newestKeys = Mark.NONE;

  /** Everything before it is meant: purges of all, and those folded. Written before they leave. */
  private volatile Mark floor = Mark.NONE;

  /**
   * Length of the longest prefix that was named: paths are not looked at beyond it; -1: none was.
   */
  private volatile int longestPrefix = -1;

  void add(Purge purge) {
    Mark mark = mark(purge);
    switch (purge.selector()) {
      case Purge.All _ -> floor = Mark.later(floor, mark);
      case Purge.Prefix named -> longestPrefix = Math.max(longestPrefix, named.prefix().length());
      case Purge.Tags _ -> newestTags = Mark.later(newestTags, mark);
      case Purge.Keys _ -> newestKeys = Mark.later(newestKeys, mark);
      case Purge.Paths _, Purge.Hosts _ -> {}
    }
    Target.each(purge.selector(), target -> marks.merge(target, mark, Mark::later));
    newest = Mark.later(newest, mark);
  }

  /**
   * Forgets what a purge named, and counts everything before it as named instead. Where later ones
   * named the same, they say it all, and nothing is lost.
   */
  void fold(Purge purge) {
    Mark mark = mark(purge);
    Target.each(
        purge.selector(),
        target -> {
          if (mark.equals(marks.get(target))) {
            floor = Mark.later(floor, mark);
            marks.remove(target, mark);
          }
        });
  }

  /**
   * The latest purge that names the subject.
   *
   * @param sent what had been applied when the entry's request was sent
   * @return null where none does that came later
   */
  @Nullable Mark after(Position sent, Subject subject) {
    if (!sent.isBefore(newest.position)) {
      return null;
    }
    Mark found = latest(sent, subject);
    return sent.isBefore(found.position) ? found : null;
  }

  /** Whether something was purged since that an answer shows only when it is there. */
  boolean anyOfAnswersAfter(Position sent) {
    return sent.isBefore(newestTags.position) || sent.isBefore(newestKeys.position);
  }

  Position newest() {
    return newest.position;
  }

  Position floor() {
    return floor.position;
  }

  private Mark latest(Position sent, Subject subject) {
    String host = subject.host();
    Mark found = Mark.later(at(Kind.HOST, host, ""), both(Kind.PATH, host, subject.path()));
    for (String tag : subject.tags()) {
      found = Mark.later(found, both(Kind.TAG, host, tag));
    }
    // A digest costs more than all the rest: only where a key was purged since.
    if (sent.isBefore(newestKeys.position)) {
      found = Mark.later(found, keys(subject));
    }
    int longest = longestPrefix;
    if (longest >= 0) {
      found = Mark.later(found, prefix(host, subject.path(), longest));
    }
    // Last: what the map has lost meanwhile is in the floor.
    return Mark.later(found, floor);
  }

  /** A primary key names all of its variants. */
  private Mark keys(Subject subject) {
    Mark own = at(Kind.KEY, Target.EVERY, subject.key().hex());
    return subject.primary().equals(subject.key())
        ? own
        : Mark.later(own, at(Kind.KEY, Target.EVERY, subject.primary().hex()));
  }

  private Mark prefix(String host, String path, int longest) {
    Mark found = both(Kind.PREFIX, host, "");
    int first = path.length() <= longest ? path.length() : path.lastIndexOf('/', longest);
    for (int end = first; end > 0; end = path.lastIndexOf('/', end - 1)) {
      found = Mark.later(found, both(Kind.PREFIX, host, path.substring(0, end)));
    }
    return found;
  }

  private Mark both(Kind kind, String host, String name) {
    return Mark.later(at(kind, host, name), at(kind, Target.EVERY, name));
  }

  private Mark at(Kind kind, String host, String name) {
    return marks.getOrDefault(new Target(kind, host, name), Mark.NONE);
  }

  private static Mark mark(Purge purge) {
    return new Mark(purge.position(), purge.atMillis());
  }
}
