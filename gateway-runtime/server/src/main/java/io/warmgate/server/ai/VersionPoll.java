package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.inference.ModelVersions;
import io.warmgate.config.Backend;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.config.admin.VersionOrder;
import io.warmgate.server.credential.Words;
import io.warmgate.server.upstream.Inquiries;
import io.warmgate.server.version.Found;
import io.warmgate.server.version.Poll;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server of tensors which versions of a model it has.
 *
 * @param backend its id
 */
record VersionPoll(ServedModel model, String backend) {
  /** More are not told: nobody asks for what is so old. */
  private static final int MOST = 8;

  private static final int OK = 200;

  /** Of the models whose version their resource does not say; each server is asked once. */
  static List<Poll> of(GatewayConfig config, Map<String, ServedModel> models, Inquiries inquiries) {
    Map<String, Backend> backends = FreeChecks.backends(config);
    Map<String, Poll> polls = new LinkedHashMap<>();
    for (Model model : config.models()) {
      Backend backend = backends.get(model.id());
      if (backend != null && model.tensors() != null && model.tensors().version() == null) {
        ServedModel served = Objects.requireNonNull(models.get(model.id()), "a model of it");
        VersionPoll poll = new VersionPoll(served, backend.id());
        String server = ServedVersions.server(model, backend);
        polls.putIfAbsent(server, new Poll(server, () -> poll.ask(inquiries)));
      }
    }
    return List.copyOf(polls.values());
  }

  /** Never fails. */
  Future<Found> ask(Inquiries inquiries) {
    boolean isTensorFlow = model.model().provider() == Model.Provider.TF_SERVING;
    TensorPath path = TensorPath.state(model);
    return get(inquiries, path)
        .compose(
            answer -> {
              if (answer.status() != OK) {
                return Future.<Found>succeededFuture(
                    new Found.Nothing("it answered " + answer.status() + " to GET " + path.text()));
              }
              byte[] body = answer.content().getBytes();
              return isTensorFlow
                  ? Future.succeededFuture(tensorFlow(ModelVersions.ofTensorFlow(body)))
                  : openInference(inquiries, ModelVersions.ofOpenInference(body));
            })
        .otherwise(cause -> new Found.Nothing(why(cause)));
  }

  /** One that has none at the moment had some, or will: its versions are files. */
  private static Found tensorFlow(ModelVersions said) {
    return said.listed().isEmpty()
        ? new Found.Nothing("none of its versions is there")
        : new Found.Versions(newest(said.ready()), newest(said.listed()));
  }

  /** "The model versions that may be explicitly requested" (kserve/open-inference-protocol). */
  private Future<Found> openInference(Inquiries inquiries, ModelVersions said) {
    List<String> listed = newest(said.listed());
    List<Future<Boolean>> asked = new ArrayList<>();
    for (String version : listed) {
      asked.add(
          get(inquiries, TensorPath.ready(model, version))
              .map(
                  answer ->
                      answer.status() == OK && ModelVersions.isReady(answer.content().getBytes())));
    }
    return Future.all(asked)
        .map(
            _ -> {
              List<String> ready = new ArrayList<>();
              for (int i = 0; i < listed.size(); i++) {
                if (asked.get(i).result()) {
                  ready.add(listed.get(i));
                }
              }
              return new Found.Versions(ready, listed);
            });
  }

  private Future<Inquiries.Answer> get(Inquiries inquiries, TensorPath path) {
    return get(inquiries, path, 0);
  }

  /**
   * Of several keys any will do that the server takes: which versions there are depends on none.
   */
  private Future<Inquiries.Answer> get(Inquiries inquiries, TensorPath path, int key) {
    var credential = (ServedModel.Credential.@Nullable Key) model.keys().get(key).credential();
    return inquiries
        .get(backend, path.text(), ProviderFields.inquiry(model, credential))
        .compose(
            answer ->
                isRefused(answer.status()) && key + 1 < model.keys().size()
                    ? get(inquiries, path, key + 1)
                    : Future.succeededFuture(answer));
  }

  private static boolean isRefused(int status) {
    return status == 401 || status == 403;
  }

  private static List<String> newest(List<String> versions) {
    return versions.stream().sorted(VersionOrder.NEWEST_LAST.reversed()).limit(MOST).toList();
  }

  private static String why(Throwable cause) {
    String said = cause.getMessage();
    return cause instanceof TranslationException
        ? "what it answered is no list of versions: " + Words.of(String.valueOf(said), null)
        : "it cannot be asked: " + Words.of(said == null ? cause.toString() : said, null);
  }
}
