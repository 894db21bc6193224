package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.config.admin.ExplainRequest.Origin;
import io.warmgate.config.admin.Explanation.OriginAnswer;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks the origin as a fetch would, to say what would become of its answer. Keeps nothing. */
record OriginTrial(CachedRequest request) {

  /** What a response is judged to be. */
  private record Judged(Reason why, boolean stored, long lifetimeMillis) {}

  /** For a request that is not looked up: its answer is never kept. */
  Future<Optional<OriginAnswer>> passed(Origin origin, Pass pass) {
    return isAsked(origin)
        ? ask(request.originRequest(), _ -> new Judged(pass.notStored(), false, 0))
        : none();
  }

  /** For one that is. */
  Future<Optional<OriginAnswer>> looked(
      Origin origin, CacheKey primary, Found found, Decision decision) {
    if (!isAsked(origin)) {
      return none();
    }
    if (decision instanceof Pass pass) {
      return passed(origin, pass);
    }
    OriginRequest ask = request.shareable();
    Preconditions.EVALUATED_HERE.forEach(ask.headers()::remove);
    long sent = System.currentTimeMillis();
    return ask(ask, response -> judged(primary, found, response, sent));
  }

  private Judged judged(CacheKey primary, Found found, OriginResponse response, long sent) {
    Fill none =
        new Fill(found.key(), request.parts().log().purges().fence(), request.parts().fills());
    Keeping keeping = new Keeping(request, request.view(), primary, found, none);
    ResponseView answer =
        new ResponseView(
            response.status(),
            new HeaderFields(response.headers()),
            sent,
            System.currentTimeMillis());
    // The request that is explained would count as one more use.
    int uses = request.parts().uses().of(primary) + 1;
    return switch (keeping.judge(response, answer, uses)) {
      case Judgement.Skipped(Reason why) -> new Judged(why, false, 0);
      case Judgement.Kept kept ->
          new Judged(kept.keep().reason(), true, kept.keep().validity().lifetimeMillis());
    };
  }

  private Future<Optional<OriginAnswer>> ask(
      OriginRequest asked, Function<OriginResponse, Judged> judge) {
    long began = System.nanoTime();
    return request
        .origin()
        .fetch(asked)
        .head()
        .map(
            response -> {
              Judged judged = judge.apply(response);
              response.abort();
              return new OriginAnswer(
                  response.status(),
                  Shown.fields(FieldList.copyOf(new HeaderFields(response.headers()))),
                  millisSince(began),
                  null,
                  judged.stored(),
                  Shown.why(judged.why()),
                  judged.stored() ? judged.lifetimeMillis() : null);
            })
        .otherwise(
            failure ->
                new OriginAnswer(
                    0,
                    List.of(),
                    millisSince(began),
                    String.valueOf(failure.getMessage()),
                    false,
                    null,
                    null))
        .map(Optional::of);
  }

  /** Only what changes nothing at the origin (RFC 9110 §9.2.1), and has no content. */
  private boolean isAsked(Origin origin) {
    return origin == Origin.ASK
        && !request.isPosted()
        && !request.view().hasContent()
        && (request.view().isGet() || request.view().isHead());
  }

  private static long millisSince(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private static Future<Optional<OriginAnswer>> none() {
    return Future.succeededFuture(Optional.empty());
  }
}
