package io.warmgate.operator.warm;

import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.Warmth;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far one warm-up is. Used by its thread; {@link #warmth} by anybody. */
final class WarmProgress {
  private final Map<WarmRequest, Fate> fates = new HashMap<>();

  /** Of the plan, what no client asks for: it cannot have changed for anybody. */
  private final Set<WarmRequest> unasked = new HashSet<>();

  private WarmPlan plan = new WarmPlan(List.of(), 0, 0, 0);
  private Warmth.Progress progress = Warmth.Progress.UNDERWAY;
  private long originRequests;
  private double certifiedWeight;
  private int certified;
  private @Nullable String problem;
  private boolean hasPlan;
  private List<String> unread = List.of();
  private int certifiedQuestions;
  private @Nullable String unaffordable;

  /** What is known of a request. */
  private static final class Fate {
    boolean filled;
    boolean changed;
    boolean failed;
    long freshUntilMillis;
    long askedAtMillis;
    final Set<String> certifiedOn = new HashSet<>();
    String lackedBy = "";
  }

  /** Something more is planned, which no client asks for. */
  synchronized void also(List<WarmRequest> more) {
    if (more.isEmpty()) {
      return;
    }
    String before = problem;
    plan(plan.and(more));
    problem = before;
  }

  /** Whether it is of the plan. */
  synchronized boolean plans(WarmRequest request) {
    return hasPlan && fates.containsKey(request);
  }

  synchronized void plan(WarmPlan now) {
    plan = now;
    hasPlan = true;
    problem = null;
    unasked.clear();
    now.keys().stream().filter(key -> key.weight() == 0).forEach(key -> unasked.add(key.request()));
    Set<WarmRequest> kept = new HashSet<>();
    now.keys().forEach(key -> kept.add(key.request()));
    fates.keySet().retainAll(kept);
    kept.forEach(request -> fates.computeIfAbsent(request, _ -> new Fate()));
  }

  /**
   * Lists that could not be read: each is something that was to be asked for, and failed.
   *
   * @param problems one each
   */
  synchronized void unread(List<String> problems) {
    unread = List.copyOf(problems);
  }

  /** A list was asked for. */
  synchronized void read() {
    originRequests++;
  }

  /**
   * Models are asked no more.
   *
   * @param why null: they are
   */
  synchronized void unaffordable(@Nullable String why) {
    unaffordable = why;
  }

  /** It cannot go on. */
  synchronized void stuck(String why) {
    problem = why;
  }

  /** How many requests are planned. */
  synchronized int planned() {
    return plan.keys().size();
  }

  /** How many of them are neither filled nor changed. */
  synchronized int open() {
    return (int)
        plan.keys().stream()
            .map(key -> fate(key.request()))
            .filter(fate -> !fate.filled && !fate.changed)
            .count();
  }

  synchronized boolean filled(WarmRequest request) {
    return fate(request).filled;
  }

  /**
   * Requests that are not filled, and those whose entries are used up soon; the heaviest first.
   * What failed is left out until it may be tried {@link #again}.
   *
   * @param soonMillis no entry is asked for twice within so long
   */
  synchronized List<WarmRequest> due(long nowMillis, long soonMillis) {
    return plan.keys().stream()
        .map(WarmPlan.Key::request)
        .filter(request -> isDue(fate(request), nowMillis, soonMillis))
        .toList();
  }

  private static boolean isDue(Fate fate, long nowMillis, long soonMillis) {
    if (fate.changed || fate.failed) {
      return false;
    }
    return !fate.filled
        || (fate.freshUntilMillis - nowMillis < soonMillis
            && nowMillis - fate.askedAtMillis >= soonMillis);
  }

  /**
   * Uid of the pod that was certified not to have it; empty where that is no pod's in particular.
   */
  synchronized String lackedBy(WarmRequest request) {
    return fate(request).lackedBy;
  }

  synchronized List<WarmRequest> toCertify() {
    return plan.keys().stream()
        .map(WarmPlan.Key::request)
        .filter(request -> fate(request).filled)
        .toList();
  }

  /** A request was asked for. */
  synchronized void asked(WarmRequest request, Outcome outcome, long nowMillis) {
    Fate fate = fate(request);
    originRequests += outcome.asked() ? 1 : 0;
    fate.lackedBy = "";
    fate.askedAtMillis = nowMillis;
    switch (outcome.result()) {
      case FILLED, HIT -> {
        fate.filled = true;
        fate.changed = false;
        fate.failed = false;
        fate.freshUntilMillis = nowMillis + outcome.freshMillis();
      }
      case CHANGED, NOT_ROUTED -> {
        fate.filled = false;
        fate.changed = true;
        if (unasked.contains(request)) {
          problem = request.target() + ": " + outcome.detail();
        }
      }
      case FAILED, MISSING -> {
        fate.failed = true;
        problem = outcome.detail();
      }
    }
  }

  /** A pod was asked whether it has it. */
  synchronized void certified(WarmRequest request, String pod, Outcome outcome, long nowMillis) {
    Fate fate = fate(request);
    switch (outcome.result()) {
      case HIT, FILLED -> {
        fate.certifiedOn.add(pod);
        fate.freshUntilMillis = nowMillis + outcome.freshMillis();
      }
      case MISSING -> {
        fate.certifiedOn.remove(pod);
        fate.filled = false;
        fate.lackedBy = pod;
      }
      case CHANGED, NOT_ROUTED, FAILED -> fate.certifiedOn.remove(pod);
    }
  }

  /**
   * Counts what every one of these pods has.
   *
   * @param pods their uids
   */
  synchronized void count(Collection<String> pods) {
    certified = 0;
    certifiedWeight = 0;
    certifiedQuestions = 0;
    for (WarmPlan.Key key : plan.keys()) {
      Fate fate = fate(key.request());
      boolean asksModel = key.request().question() != null;
      if (fate.filled && !pods.isEmpty() && fate.certifiedOn.containsAll(pods)) {
        certified++;
        certifiedWeight += key.weight();
        certifiedQuestions += asksModel ? 1 : 0;
      }
    }
  }

  /** Questions to models that can be kept. */
  synchronized int questions() {
    return (int)
        plan.keys().stream()
            .map(WarmPlan.Key::request)
            .filter(request -> request.question() != null && !fate(request).changed)
            .count();
  }

  /** Of them, are in the cache of every pod, at the last count. */
  synchronized int certifiedQuestions() {
    return certifiedQuestions;
  }

  /** Of the requests that every pod has. */
  synchronized double certifiedWeight() {
    return certifiedWeight;
  }

  /** Of the requests that pods named. */
  synchronized double servedWeight() {
    return plan.named();
  }

  /** Tries that failed before do not count any more. */
  synchronized void again() {
    fates.values().forEach(fate -> fate.failed = false);
    problem = null;
  }

  synchronized void done() {
    progress = Warmth.Progress.DONE;
  }

  /**
   * @param hitRatio of the release that serves, 0 to 1; negative: unknown
   * @param rate of requests a second, for an estimate
   * @param spent on models
   */
  synchronized Warmth warmth(double hitRatio, double rate, Warmth.Spent spent) {
    int filled = 0;
    int changed = 0;
    int failed = unread.size();
    for (var any : fates.entrySet()) {
      Fate fate = any.getValue();
      boolean listed = unasked.contains(any.getKey());
      filled += fate.filled ? 1 : 0;
      changed += fate.changed && !listed ? 1 : 0;
      failed += fate.changed ? (listed ? 1 : 0) : !fate.filled && fate.failed ? 1 : 0;
    }
    int open = open();
    return new Warmth(
        progress,
        plan.keys().size() + unread.size(),
        plan.keys().size() - unasked.size(),
        filled,
        certified,
        failed,
        changed,
        plan.notWarmablePercent(),
        originRequests,
        hasPlan ? coverage(hitRatio) : 0,
        progress == Warmth.Progress.DONE || rate <= 0 ? null : (int) Math.ceil(open / rate),
        problem(),
        spent);
  }

  /** What clients ask for, and what models are to be asked: the lower share counts. */
  private int coverage(double hitRatio) {
    return Math.min(
        plan.coveragePercent(certifiedWeight, hitRatio),
        WarmPlan.questionsPercent(certifiedQuestions, questions()));
  }

  private @Nullable String problem() {
    if (unaffordable != null) {
      return unaffordable;
    }
    return problem == null && !unread.isEmpty() ? unread.getLast() : problem;
  }

  private Fate fate(WarmRequest request) {
    return fates.computeIfAbsent(request, _ -> new Fate());
  }
}
