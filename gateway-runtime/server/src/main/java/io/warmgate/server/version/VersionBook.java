package io.warmgate.server.version;

import io.vertx.core.Vertx;
import io.warmgate.config.Backend;
import io.warmgate.config.Model;
import io.warmgate.config.admin.ServedVersions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this pod knows of the versions that servers have. Each is asked when it is new, then every
 * so often, and sooner while it says something else than before; of others it is heard in what they
 * answer. Safe for threads.
 */
public final class VersionBook implements VersionWatch {
  private static final Logger log = LoggerFactory.getLogger(VersionBook.class);

  private final Vertx vertx;
  private final Pace pace;
  private final HeardVersions heard;
  private final Map<String, Course> courses = new TreeMap<>();
  private boolean closed;

  /**
   * How often a server is asked.
   *
   * @param soonMillis where it has just said something new
   */
  public record Pace(long usualMillis, long soonMillis) {
    public static final Pace USUAL = new Pace(5_000, 2_000);

    /**
     * In milliseconds.
     *
     * @param random from 0 to below 1, so that pods do not ask all at once
     */
    long next(boolean isUnsure, double random) {
      return Math.round((isUnsure ? soonMillis : usualMillis) * (0.8 + 0.4 * random));
    }
  }

  public VersionBook(Vertx vertx, Pace pace, Lately lately) {
    this.vertx = vertx;
    this.pace = pace;
    this.heard = new HeardVersions(lately, System::nanoTime);
  }

  @Override
  public synchronized void use(List<Poll> polls) {
    if (closed) {
      return;
    }
    Set<String> servers = new HashSet<>();
    polls.forEach(poll -> servers.add(poll.server()));
    courses.entrySet().removeIf(each -> !servers.contains(each.getKey()) && each.getValue().end());
    for (Poll poll : polls) {
      Course course = courses.get(poll.server());
      if (course == null) {
        course = new Course(poll);
        courses.put(poll.server(), course);
        course.ask();
      } else {
        course.poll = poll;
      }
    }
  }

  @Override
  public Ear ear(Model model, Backend backend) {
    return heard.ear(model, backend);
  }

  /** What counts, in the order of the servers' names; nothing of those that have not said. */
  public synchronized List<ServedVersions> states() {
    List<ServedVersions> states = new ArrayList<>(heard.states());
    courses.forEach(
        (server, course) -> {
          Found.Versions counts = course.sighting.counts();
          if (counts != null) {
            states.add(new ServedVersions(server, counts.ready(), counts.listed()));
          }
        });
    return states;
  }

  @Override
  public synchronized void close() {
    closed = true;
    courses.values().forEach(Course::end);
    courses.clear();
  }

  /** The polls of one server, one after the other. Guarded by the book. */
  private final class Course {
    private Poll poll;
    private Sighting sighting = Sighting.NOTHING;
    private boolean silent;
    private boolean ended;
    private long timer = -1;

    Course(Poll poll) {
      this.poll = poll;
    }

    private void ask() {
      timer = -1;
      if (!ended) {
        var _ = poll.ask().get().onSuccess(this::heard);
      }
    }

    private void heard(Found found) {
      synchronized (VersionBook.this) {
        if (ended) {
          return;
        }
        switch (found) {
          case Found.Versions said -> learn(said);
          case Found.Nothing(String why) -> miss(why);
        }
        timer =
            vertx.setTimer(
                Math.max(
                    1, pace.next(sighting.isUnsure(), ThreadLocalRandom.current().nextDouble())),
                _ -> {
                  synchronized (VersionBook.this) {
                    ask();
                  }
                });
      }
    }

    private void learn(Found.Versions said) {
      Found.Versions before = sighting.counts();
      sighting = sighting.learn(said);
      silent = false;
      if (sighting.counts() != null && !sighting.counts().equals(before)) {
        log.info("{}: it serves versions {}", poll.server(), sighting.counts().ready());
      }
    }

    /** Said once, however often it is asked. */
    private void miss(String why) {
      if (!silent) {
        log.info("{}: its versions are not known: {}", poll.server(), why);
      }
      silent = true;
    }

    private boolean end() {
      ended = true;
      if (timer >= 0) {
        vertx.cancelTimer(timer);
      }
      return true;
    }
  }
}
