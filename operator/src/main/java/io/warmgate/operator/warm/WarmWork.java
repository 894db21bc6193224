package io.warmgate.operator.warm;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.Warmth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What there is to do for one route: plan, fill within the budget, certify on every pod. */
final class WarmWork {
  /** Between two words on how far it is. */
  private static final Duration NEWS = Duration.ofSeconds(1);

  /** Before pods that could not be asked are asked again. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  /** What is stale by then is asked for anew; nothing is within the same time of the last time. */
  private static final Duration SOON = Duration.ofSeconds(3);

  /** Between two looks at what is due, where nothing is. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Rounds of filling and certifying; what is missing after that is missing. */
  private static final int ROUNDS = 3;

  /** For requests to backends that were sent together. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For questions to models that were sent together: they take their time. */
  private static final Duration FOR_MODELS = Duration.ofMillis(WarmOrder.MAX_TIMEOUT_MILLIS);

  private static final int CERTIFIED_TOGETHER = 500;

  /** So much of what clients ask for weighs a plan that is all listed. */
  private static final int WEIGHED = 1_000;

  private static final WarmReport.Outcome UNANSWERED =
      new WarmReport.Outcome(
          WarmReport.Result.FAILED, 0, true, 0, 0, "the pod that was to ask did not answer");

  private final WarmTarget target;
  private final Supplier<String> release;
  private final Crew crew;
  private final WarmProgress progress = new WarmProgress();
  private final RelatedWalk related;
  private final ModelBudget models;
  private volatile double hitRatio = -1;
  private volatile List<WarmRequest> listed;
  private long told = System.nanoTime();
  private int turn;
  private @Nullable List<WarmRequest> pages;

  /**
   * Who works, and for whom.
   *
   * @param pods those that answer now
   * @param taken whether a route, by its id, takes a request
   * @param changed runs when there is news; it must not wait
   */
  record Crew(
      Supplier<List<WarmPod>> pods,
      OriginBudget budget,
      BiPredicate<String, WarmRequest> taken,
      Runnable changed) {}

  /**
   * @param release name of the release, as pods know it now
   */
  WarmWork(WarmTarget target, Supplier<String> release, Crew crew) {
    this.target = target;
    this.release = release;
    this.crew = crew;
    this.listed = target.listed();
    this.models = new ModelBudget(target.limits().ofModels());
    this.related =
        new RelatedWalk(target.related(), request -> crew.taken().test(target.route(), request));
  }

  WarmTarget target() {
    return target;
  }

  WarmProgress progress() {
    return progress;
  }

  /**
   * @param ratio of the release that serves, 0 to 1; negative: unknown
   */
  void hitRatio(double ratio) {
    hitRatio = ratio;
  }

  /** These are asked for too, from the next plan on. */
  void listed(List<WarmRequest> requests) {
    listed = requests;
  }

  Warmth warmth() {
    return progress.warmth(hitRatio, crew.budget().rate(), models.spent());
  }

  /** What no pod could be asked about is not nothing: it is asked about again. */
  void plan() throws InterruptedException {
    int top = target.limits().topKeys();
    while (true) {
      List<WarmPod> asked = await(this::asked);
      List<HotRequests> hot = new ArrayList<>();
      for (WarmPod pod : asked) {
        pod.hot(target.route(), top == 0 ? WEIGHED : top).ifPresent(hot::add);
      }
      if (hot.size() == asked.size()) {
        List<WarmRequest> also = new ArrayList<>(listed);
        also.addAll(pages(asked));
        also.addAll(related.found());
        progress.plan(WarmPlan.of(hot, top, also));
        return;
      }
      progress.stuck(
          "%d of %d pods do not say what they are asked for"
              .formatted(asked.size() - hot.size(), asked.size()));
      Thread.sleep(AGAIN);
    }
  }

  /** Of the sitemaps, which are read once; what cannot be read is failed. */
  private List<WarmRequest> pages(List<WarmPod> pods) throws InterruptedException {
    List<WarmRequest> known = pages;
    if (known != null) {
      return known;
    }
    SitemapWalk walk =
        new SitemapWalk(
                document -> read(pods, document),
                request -> crew.taken().test(target.route(), request))
            .walk(target.sitemaps());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    progress.unread(walk.problems());
    pages = walk.pages();
    return walk.pages();
  }

  /** Each try is one request to a backend; what it does not answer it is asked again. */
  private Optional<ReadReport> read(List<WarmPod> pods, WarmRequest document) {
    Optional<ReadReport> report = Optional.empty();
    try {
      for (int tries = 0; tries < ROUNDS; tries++) {
        int _ = crew.budget().take(1);
        report =
            pods.get(turn++ % pods.size()).read(SitemapWalk.order(target, release.get(), document));
        progress.read();
        boolean answered =
            report.isPresent() && report.get().status() > 0 && report.get().status() < 500;
        crew.budget().outcome(1, answered ? 0 : 1);
        if (answered) {
          break;
        }
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return report;
  }

  /** All of the plan, and once more what failed. */
  void fillAndCertify() throws InterruptedException {
    for (int round = 0; round < ROUNDS && progress.open() > 0; round++) {
      progress.again();
      if (!work(Long.MAX_VALUE)) {
        tooMuch();
      }
      certify();
    }
    progress.count(uids(filled()));
  }

  /**
   * Clients go on asking: the plan is made anew, and what it names anew is filled too, as is what
   * failed.
   *
   * @param span for so long by the plan there is, and longer where it has long questions
   */
  void keep(Duration span) throws InterruptedException {
    long end = System.nanoTime() + span.plus(Batch.pause(progress.toCertify())).toNanos();
    boolean all = true;
    while (System.nanoTime() < end) {
      all = work(end);
      if (all) {
        Thread.sleep(LOOK);
      }
    }
    plan();
    progress.again();
    if (!work(System.nanoTime() + SOON.toNanos()) || !all) {
      tooMuch();
    }
    certify();
  }

  private void tooMuch() {
    progress.stuck(
        "%.0f requests a second are too few to keep %d answers fresh: raise maxOriginRps, or lower topKeys"
            .formatted(crew.budget().rate(), progress.planned()));
  }

  /**
   * Whatever is due, the heaviest first: where the budget is too small for all, what clients ask
   * most for is warm. What answers lead to is due too. Ends after as many requests as are planned.
   *
   * @param end until then at most, {@link System#nanoTime()}
   * @return whether nothing is due any more
   */
  private boolean work(long end) throws InterruptedException {
    int asked = 0;
    while (true) {
      progress.also(related.news());
      List<WarmRequest> due = affordable(progress.due(System.currentTimeMillis(), SOON.toMillis()));
      if (due.isEmpty()) {
        return true;
      }
      if (asked >= progress.planned() || System.nanoTime() > end) {
        return false;
      }
      asked += fill(due);
      tell();
    }
  }

  /** Without questions to models, where none may be asked any more. */
  private List<WarmRequest> affordable(List<WarmRequest> due) {
    int open = (int) due.stream().filter(any -> any.question() != null).count();
    if (open == 0 || mayAsk() > 0) {
      progress.unaffordable(null);
      return due;
    }
    progress.unaffordable(models.text(open));
    return due.stream().filter(any -> any.question() == null).toList();
  }

  /** How many questions each pod that is to be warm may ask, if all of them have to. */
  private int mayAsk() {
    return switch (target.reach()) {
      case ALL_PODS -> models.left();
      case ONE_POD -> models.left() / Math.max(1, filled().size());
    };
  }

  /**
   * As many of the first as may be asked for together. What one pod lacks it is asked for itself:
   * another may have it in its own memory, after Redis lost it, and would not fetch it again for
   * the others.
   *
   * @return how many
   */
  private int fill(List<WarmRequest> due) throws InterruptedException {
    List<WarmPod> now = await(this::filled);
    boolean refresh = progress.filled(due.getFirst());
    String lackedBy = progress.lackedBy(due.getFirst());
    List<WarmRequest> alike =
        due.stream()
            .filter(
                any -> progress.filled(any) == refresh && progress.lackedBy(any).equals(lackedBy))
            .toList();
    alike = Batch.first(alike, target.limits().concurrency(), Math.max(1, mayAsk()));
    List<WarmPod> asked =
        switch (target.reach()) {
          case ALL_PODS -> List.of(one(now, lackedBy));
          case ONE_POD -> now;
        };
    int free = Math.max(1, crew.budget().take(alike.size() * asked.size()) / asked.size());
    List<WarmRequest> batch = alike.subList(0, free);
    boolean ask = batch.stream().anyMatch(any -> any.question() != null);
    Duration patience = ask ? FOR_MODELS : refresh ? SOON : PATIENCE;
    int turns = 0;
    for (WarmPod pod : asked) {
      if (ask && models.left() == 0) {
        break;
      }
      fill(pod, order(refresh ? Action.REFRESH : Action.FILL, batch, patience));
      turns++;
    }
    crew.budget().giveBack(batch.size() * (asked.size() - turns));
    return free;
  }

  /** That pod, or where it does not answer any more the next in turn. */
  private WarmPod one(List<WarmPod> now, String uid) {
    return now.stream()
        .filter(pod -> pod.uid().equals(uid))
        .findFirst()
        .orElseGet(() -> now.get(turn++ % now.size()));
  }

  /** How far it is, now and then: whoever is told reads everything anew. */
  private void tell() {
    long now = System.nanoTime();
    if (now - told >= NEWS.toNanos()) {
      told = now;
      crew.changed().run();
    }
  }

  private List<WarmPod> await(Supplier<List<WarmPod>> who) throws InterruptedException {
    List<WarmPod> now = who.get();
    while (now.isEmpty()) {
      progress.stuck("no pod answers");
      Thread.sleep(AGAIN);
      now = who.get();
    }
    return now;
  }

  /** Those that are to be warm. */
  private List<WarmPod> filled() {
    String side = target.side();
    List<WarmPod> all = crew.pods().get();
    return side == null ? all : all.stream().filter(pod -> side.equals(pod.side())).toList();
  }

  /** Those that know what clients ask for: where a side is to be warm, the other. */
  private List<WarmPod> asked() {
    String side = target.side();
    List<WarmPod> all = crew.pods().get();
    List<WarmPod> others =
        side == null ? all : all.stream().filter(pod -> !side.equals(pod.side())).toList();
    return others.isEmpty() ? all : others;
  }

  private void fill(WarmPod pod, WarmOrder order) {
    Optional<WarmReport> report = pod.warm(order);
    List<WarmRequest> batch = order.requests();
    int backends = 0;
    int failed = 0;
    for (int i = 0; i < batch.size(); i++) {
      WarmReport.Outcome outcome = report.isPresent() ? report.get().outcomes().get(i) : UNANSWERED;
      progress.asked(batch.get(i), outcome, System.currentTimeMillis());
      related.answered(batch.get(i), outcome.links(), progress::plans);
      backends += outcome.asked() ? 1 : 0;
      if (outcome.asked() && batch.get(i).question() != null) {
        models.spend(outcome);
      }
      failed += outcome.asked() && outcome.result() == WarmReport.Result.FAILED ? 1 : 0;
    }
    crew.budget().outcome(backends, failed);
    crew.budget().giveBack(batch.size() - backends);
  }

  private void certify() throws InterruptedException {
    List<WarmRequest> filled = progress.toCertify();
    for (WarmPod pod : filled()) {
      for (int from = 0, size; from < filled.size(); from += size) {
        List<WarmRequest> batch =
            Batch.first(filled.subList(from, filled.size()), CERTIFIED_TOGETHER, Integer.MAX_VALUE);
        size = batch.size();
        Optional<WarmReport> report = pod.warm(order(Action.CERTIFY, batch, PATIENCE));
        for (int i = 0; report.isPresent() && i < batch.size(); i++) {
          progress.certified(
              batch.get(i), pod.uid(), report.get().outcomes().get(i), System.currentTimeMillis());
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    progress.count(uids(filled()));
  }

  private WarmOrder order(Action action, List<WarmRequest> batch, Duration patience) {
    return new WarmOrder(
        target.route(),
        release.get(),
        action,
        target.limits().concurrency(),
        patience.toMillis(),
        batch,
        action == Action.CERTIFY ? List.of() : target.related().relations());
  }

  private static List<String> uids(List<WarmPod> pods) {
    return pods.stream().map(WarmPod::uid).toList();
  }
}
