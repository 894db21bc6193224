package io.warmgate.operator.warm;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Pods that share a Redis, and the backend behind them. */
final class FakePods {
  /** How many requests clients ask each for: {@code /0} most. */
  static final int KEYS = 40;

  /** What the backend says to a path; by default something that can be kept. */
  final Map<String, Outcome> answers = new ConcurrentHashMap<>();

  /** By release and path. */
  final Map<String, String> documents = new ConcurrentHashMap<>();

  /** What is in Redis, by release and path. */
  final Set<String> shared = ConcurrentHashMap.newKeySet();

  Pod pod(String uid) {
    return new Pod(uid);
  }

  static Outcome outcome(Result result, boolean asked) {
    return new Outcome(result, 200, asked, 5, 60_000, null);
  }

  /** One that shares a Redis with the others. */
  final class Pod implements WarmPod {
    final String uid;
    final List<WarmOrder> orders = new CopyOnWriteArrayList<>();
    final Set<String> lost = ConcurrentHashMap.newKeySet();
    final Set<String> memory = ConcurrentHashMap.newKeySet();
    volatile boolean silent;
    volatile boolean idle;
    volatile boolean alone;
    volatile @Nullable String side;

    private Pod(String uid) {
      this.uid = uid;
    }

    @Override
    public String uid() {
      return uid;
    }

    @Override
    public @Nullable String side() {
      return side;
    }

    @Override
    public Optional<HotRequests> hot(String route, int top) {
      if (silent) {
        return Optional.empty();
      }
      if (idle) {
        return Optional.of(new HotRequests(route, 100, 100, List.of()));
      }
      List<HotRequests.Hot> hot = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        hot.add(new HotRequests.Hot(WarmPlanTest.get("/" + i), 10 + (KEYS - i) * 1e-6));
      }
      return Optional.of(new HotRequests(route, 10.0 * KEYS, 0, hot));
    }

    @Override
    public Optional<WarmReport> warm(WarmOrder order) {
      orders.add(order);
      return Optional.of(
          new WarmReport(order.requests().stream().map(each -> answer(order, each)).toList()));
    }

    @Override
    public Optional<ReadReport> read(ReadOrder order) {
      String text = documents.get(order.release() + order.request().target());
      return Optional.of(
          text == null
              ? ReadReport.of(404, new byte[0], false)
              : ReadReport.of(200, text.getBytes(StandardCharsets.UTF_8), false));
    }

    private Outcome answer(WarmOrder order, WarmRequest request) {
      String key = (alone ? uid : "") + order.release() + request.target();
      if (order.action() == WarmOrder.Action.CERTIFY) {
        boolean there = shared.contains(key) && !lost.contains(request.target());
        boolean own = memory.contains(request.target());
        Outcome kept = answers.getOrDefault(request.target(), outcome(Result.FILLED, true));
        return new Outcome(
            there || own ? Result.HIT : Result.MISSING, 200, false, 5, kept.freshMillis(), null);
      }
      if (memory.contains(request.target()) && order.action() == WarmOrder.Action.FILL) {
        return outcome(Result.HIT, false);
      }
      if (shared.contains(key)
          && order.action() == WarmOrder.Action.FILL
          && !lost.remove(request.target())) {
        return outcome(Result.HIT, false);
      }
      Outcome answer = answers.getOrDefault(request.target(), outcome(Result.FILLED, true));
      if (answer.result() == Result.FILLED) {
        shared.add(key);
      }
      return answer;
    }
  }
}
