package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.warmgate.config.ExternalCall;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a service of the user's whether a request may go on. */
final class ExternalService {
  /** Of an answer, whose content nobody reads. */
  private static final int MAX_BYTES = 64 << 10;

  private static final int MOST = 32;
  private static final int MOST_WAITING = 1_024;
  private static final Map<String, String> FIELDS =
      Map.of("content-type", "application/json", "accept", "*/*");

  private final ExternalCall call;
  private final GuardedHttp http;
  private final Verdicts verdicts;
  private final InstantSource clock;
  private final Turns<Verdict> turns;
  private final SeldomLog log;

  ExternalService(ExternalCall call, GuardedHttp http, Verdicts verdicts, InstantSource clock) {
    this.call = call;
    this.http = http;
    this.verdicts = verdicts;
    this.clock = clock;
    this.turns = new Turns<>(MOST, MOST_WAITING, clock);
    this.log = new SeldomLog("requests are not decided on at " + call.url());
  }

  /** What it said to this before; null: it is to be asked. */
  @Nullable Verdict remembered(ExternalQuestion question) {
    return verdicts.of(question.digest(), call.maxCachedMillis(), clock.millis());
  }

  /**
   * Asks, at once or when it is its turn. Completes on any thread.
   *
   * @return fails with a {@link Turns.FullException} where the pod has too much to ask; with
   *     anything else where the service says neither yes nor no
   */
  Future<Verdict> ask(ExternalQuestion question) {
    return verdicts.once(
        question.digest(),
        call.maxCachedMillis(),
        () -> {
          // It may have said so since that was looked for.
          Verdict known = remembered(question);
          return known == null ? asked(question) : Future.succeededFuture(known);
        });
  }

  private Future<Verdict> asked(ExternalQuestion question) {
    return turns.take(
        call.timeoutMillis(),
        millis -> {
          long now = clock.millis();
          return http.ask(
                  new GuardedHttp.Question(call.url(), FIELDS, question.json(), millis, MAX_BYTES))
              .compose(answer -> verdict(answer, now))
              .onFailure(log::say);
        });
  }

  private Future<Verdict> verdict(GuardedHttp.Answer answer, long atMillis) {
    return switch (answer.status()) {
      case 200 -> Future.succeededFuture(new Verdict.Allowed(taken(answer.fields()), atMillis));
      case 401, 403 -> Future.succeededFuture(new Verdict.Denied(atMillis));
      default -> Future.failedFuture(new IOException("answers " + answer.status()));
    };
  }

  private Map<String, String> taken(MultiMap fields) {
    Map<String, String> taken = new HashMap<>();
    for (String name : call.takeHeaders()) {
      List<String> lines = fields.getAll(name);
      if (!lines.isEmpty()) {
        taken.put(name, String.join(", ", lines));
      }
    }
    return Map.copyOf(taken);
  }
}
