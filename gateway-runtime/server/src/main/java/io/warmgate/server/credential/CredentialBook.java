package io.warmgate.server.credential;

import io.vertx.core.Vertx;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this pod knows of the credentials that models are asked with. Each is checked when it is
 * new, then at the {@link Pace}. Whatever it says, models are asked on. Safe for threads.
 */
public final class CredentialBook implements Proofs {
  private static final Logger log = LoggerFactory.getLogger(CredentialBook.class);

  private final Vertx vertx;
  private final Pace pace;
  private final Map<Key, Standing> standings = new ConcurrentHashMap<>();
  private final Map<String, Course> courses = new HashMap<>();
  private boolean closed;

  /** A model, and what it is asked with. */
  private record Key(String model, String account) {}

  public CredentialBook(Vertx vertx, Pace pace) {
    this.vertx = vertx;
    this.pace = pace;
  }

  @Override
  public synchronized void use(List<Check> checks) {
    if (closed) {
      return;
    }
    Set<Key> wanted = new HashSet<>();
    Set<String> accounts = new HashSet<>();
    for (Check check : checks) {
      accounts.add(check.account());
      check.models().forEach(model -> wanted.add(new Key(model, check.account())));
    }
    standings.keySet().retainAll(wanted);
    courses.entrySet().removeIf(each -> !accounts.contains(each.getKey()) && each.getValue().end());
    for (Check check : checks) {
      Course course = courses.get(check.account());
      if (course == null) {
        course = new Course(check);
        courses.put(check.account(), course);
        meet(course);
        course.ask();
      } else {
        course.check = check;
        meet(course);
      }
    }
  }

  /** Models that are new are told what the last check of their account came to. */
  private void meet(Course course) {
    for (String model : course.check.models()) {
      Standing known = Standing.UNASKED;
      if (course.last != null) {
        known = known.learn(course.last);
      }
      standings.putIfAbsent(new Key(model, course.check.account()), known);
    }
  }

  /** What is known, in the order of the models' names; nothing of those that nobody was asked. */
  public List<CredentialState> states() {
    List<CredentialState> states = new ArrayList<>();
    synchronized (this) {
      for (Course course : courses.values()) {
        for (String model : course.check.models()) {
          Standing standing = standings.get(new Key(model, course.check.account()));
          if (standing != null && standing.verdict() != null) {
            states.add(
                new CredentialState(
                    model, course.fingerprint(), standing.verdict(), standing.detail()));
          }
        }
      }
    }
    states.sort(Comparator.comparing(CredentialState::model));
    return states;
  }

  @Override
  public Proof of(String model, String account) {
    Key key = new Key(model, account);
    return new Proof() {
      @Override
      public void answered() {
        Standing known = standings.get(key);
        if (known != null && !known.isSettled()) {
          asked(key, new Evidence.Answered());
        }
      }

      @Override
      public void refused(Evidence evidence) {
        asked(key, evidence);
      }
    };
  }

  /** A question came to something; what is news is compared with a check. */
  private void asked(Key key, Evidence evidence) {
    if (learn(key, evidence)) {
      synchronized (this) {
        Course course = courses.get(key.account());
        if (course != null) {
          course.soon();
        }
      }
    }
  }

  /** Whether the verdict is another one now. */
  private boolean learn(Key key, Evidence evidence) {
    boolean[] news = new boolean[1];
    Standing now =
        standings.computeIfPresent(
            key,
            (_, before) -> {
              Standing next = before.learn(evidence);
              news[0] = next.verdict() != before.verdict();
              return next;
            });
    if (news[0] && now != null) {
      tell(key, now);
    }
    return news[0];
  }

  private static void tell(Key key, Standing now) {
    Verdict verdict = Objects.requireNonNull(now.verdict(), "there was evidence");
    if (verdict == Verdict.REFUSED) {
      log.warn(
          "AiModelBackend {}: its provider refuses the gateway's credential: {}",
          key.model(),
          now.detail());
    } else {
      log.info(
          "AiModelBackend {}: credential {}{}",
          key.model(),
          verdict,
          now.detail() == null ? "" : ": " + now.detail());
    }
  }

  /** The checks of one account, one after the other. Guarded by the book. */
  private final class Course {
    private Check check;
    private @Nullable Evidence last;
    private int failures;
    private boolean underWay;
    private boolean ended;
    private long timer = -1;
    private long dueNanos;

    Course(Check check) {
      this.check = check;
    }

    private @Nullable String fingerprint() {
      return check.credential() == null ? null : check.credential().fingerprint();
    }

    private void ask() {
      timer = -1;
      if (ended || underWay) {
        return;
      }
      underWay = true;
      var _ = check.ask().get().onSuccess(this::heard);
    }

    private void heard(Evidence evidence) {
      synchronized (CredentialBook.this) {
        underWay = false;
        if (ended) {
          return;
        }
        last = evidence;
        boolean failed = evidence instanceof Evidence.Failed || evidence instanceof Evidence.Silent;
        failures = failed ? failures + 1 : 0;
        check.models().forEach(model -> learn(new Key(model, check.account()), evidence));
        Long retryAfter = evidence instanceof Evidence.Silent(_, Long seconds) ? seconds : null;
        in(pace.next(failures, retryAfter, ThreadLocalRandom.current().nextDouble()));
      }
    }

    private void soon() {
      if (!underWay
          && dueNanos - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(pace.soonMillis())) {
        in(pace.soonMillis());
      }
    }

    private void in(long millis) {
      if (timer >= 0) {
        vertx.cancelTimer(timer);
      }
      dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      timer =
          vertx.setTimer(
              Math.max(1, millis),
              _ -> {
                synchronized (CredentialBook.this) {
                  ask();
                }
              });
    }

    private boolean end() {
      ended = true;
      if (timer >= 0) {
        vertx.cancelTimer(timer);
      }
      return true;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    courses.values().forEach(Course::end);
    courses.clear();
    standings.clear();
  }
}
