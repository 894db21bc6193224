package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Action;
import io.warmgate.config.admin.Explanation.Decided;
import io.warmgate.config.admin.Explanation.Routed;
import io.warmgate.config.admin.Explanation.Share;
import io.warmgate.config.admin.Explanation.Why;
import io.warmgate.httpcache.rule.Credentials;
import io.warmgate.server.Explaining;
import io.warmgate.server.PreviewToken;
import io.warmgate.server.exchange.Caller;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Rehearsal;
import io.warmgate.server.exchange.Served;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Explains a request with what is served now.
 *
 * @param served null before the first revision
 * @param preview what lets a request see the other side of a route
 */
public record Explainer(Supplier<@Nullable Served> served, HttpCache cache, PreviewToken preview)
    implements Explaining {

  @Override
  public Future<Explanation> explain(ExplainRequest asked) {
    Served now = served.get();
    if (now == null) {
      return Future.failedFuture(new IllegalStateException("the pod serves no revision yet"));
    }
    Rehearsal rehearsal = Rehearsal.of(asked, now, preview);
    return rehearsal instanceof Rehearsal.AtModel model
        ? question(model, asked.content()).compose(read -> explain(read, asked))
        : explain(rehearsal, asked);
  }

  /** Nobody was verified: whose a question is, an explanation does not say. */
  private static Future<Rehearsal> question(Rehearsal.AtModel model, @Nullable String content) {
    Buffer asked = content == null ? Buffer.buffer() : Buffer.buffer(content);
    return model.read(Caller.NOBODY, new Content(asked, null).stream());
  }

  private Future<Explanation> explain(Rehearsal rehearsal, ExplainRequest asked) {
    return switch (rehearsal) {
      case Rehearsal.Over over -> Future.succeededFuture(over(over));
      case Rehearsal.AtModel _ -> throw new IllegalStateException("it was read");
      case Rehearsal.AtCache at ->
          cache
              .explain(at.exchange(), at.origin(), asked)
              .map(
                  seen ->
                      new Explanation(
                          System.currentTimeMillis(),
                          target(at),
                          routed(at.exchange()),
                          seen.decided(),
                          seen.cached(),
                          seen.origin()));
    };
  }

  private static Explanation over(Rehearsal.Over over) {
    Why why = new Why(over.reason(), "gateway: the request's way", over.text(), null);
    return new Explanation(
        System.currentTimeMillis(),
        target(over),
        routed(over.exchange()),
        new Decided(Action.ANSWER, why, null),
        null,
        null);
  }

  private static @Nullable String target(Rehearsal rehearsal) {
    Target target = rehearsal.target();
    if (target == null) {
      return null;
    }
    String query = target.query();
    return target.scheme()
        + "://"
        + target.authority()
        + Credentials.hiddenInPath(target.path())
        + (query == null ? "" : "?" + Credentials.hiddenInQuery(query));
  }

  private static @Nullable Routed routed(Exchange exchange) {
    Rule rule = exchange.rule();
    String route = exchange.routeId();
    if (rule == null || route == null) {
      return null;
    }
    BackendRef chosen = exchange.backend();
    List<Share> shares =
        rule.backends().stream()
            .map(
                share ->
                    new Share(
                        share.backend(),
                        share.weight(),
                        share.generation(),
                        chosen != null && share.equals(chosen)))
            .toList();
    return new Routed(exchange.listener().name(), route, exchange.release(), rule.id(), shares);
  }
}
