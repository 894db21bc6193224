package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.filter.HeaderChange;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model behind its backend: asked in its provider's dialect, with the gateway's credential.
 *
 * @param key that it is asked with
 * @param host with the base path; null: the provider is at the root of what the client asked for
 * @param changes of the request's fields, by the rule
 * @param told what each call comes to
 */
record ModelOrigin(
    Origin backend,
    Asked asked,
    ModelKey key,
    @Nullable Target host,
    List<HeaderChange> changes,
    Consumer<Inference> told)
    implements Origin {

  @Override
  public OriginCall fetch(OriginRequest request) {
    List<Integer> items = request.items();
    return fetch(items == null ? asked : asked.only(items), request);
  }

  private OriginCall fetch(Asked asked, OriginRequest request) {
    Buffer body = asked.body();
    Target target =
        request
            .target()
            .withPath((host == null ? "" : host.path()) + asked.path().path())
            .withQuery(asked.path().query());
    MultiMap fields =
        ProviderFields.request(asked, key.credential(), target, body, request.headers(), changes);
    boolean isGet = asked.method().equals(HttpMethod.GET);
    if (isGet) {
      fields.remove("content-type").remove("content-length");
    }
    OriginRequest translated =
        new OriginRequest(
            asked.method(), target, fields, isGet ? null : new Content(body, null).stream());
    // What a model is takes no inference.
    Metering metering =
        new Metering(asked.model(), key.name(), asked.expected().input(), isGet ? _ -> {} : told);
    OriginCall call = backend.fetch(translated);
    metering.sent(call::sentAt);
    return new ModelCall(call, asked, key, metering).start();
  }
}
