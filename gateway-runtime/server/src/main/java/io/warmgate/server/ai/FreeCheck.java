package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.config.Model;
import io.warmgate.server.credential.Evidence;
import io.warmgate.server.credential.Words;
import io.warmgate.server.upstream.Inquiries;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a model's provider takes its credential, by what costs no token: the list of
 * models, or whether a server of tensors is ready.
 *
 * @param credential of it; null: it is asked without one
 * @param backend its id
 */
record FreeCheck(ServedModel model, ServedModel.@Nullable Credential credential, String backend) {
  private static final String OPEN =
      "the server says as much to anybody, so only a question to the model can tell";
  private static final String NOTHING_FREE =
      "Bedrock's endpoint of models answers nothing but questions, so only one to the model can"
          + " tell";

  /** What is asked, behind the provider's base path. */
  String path() {
    return switch (model.model().provider()) {
      case OPENAI, OPENAI_COMPATIBLE, AZURE_OPENAI, MISTRAL -> "/models";
      case ANTHROPIC -> "/v1/models?limit=1";
      case GEMINI -> "/models?pageSize=1";
      case KSERVE_V2, TF_SERVING -> TensorPath.ready(model).text();
      case BEDROCK -> throw new IllegalStateException("it answers questions alone");
    };
  }

  /** Whether the provider never answers it to whom it does not know. */
  private boolean isGuarded() {
    return switch (model.model().provider()) {
      case OPENAI, AZURE_OPENAI, MISTRAL, ANTHROPIC, GEMINI -> true;
      case OPENAI_COMPATIBLE, KSERVE_V2, TF_SERVING, BEDROCK -> false;
    };
  }

  /** Never fails. */
  Future<Evidence> ask(Inquiries inquiries) {
    if (model.model().provider() == Model.Provider.BEDROCK) {
      return Future.succeededFuture(new Evidence.Untold(NOTHING_FREE));
    }
    ServedModel.Credential.Key key = (ServedModel.Credential.Key) credential;
    return get(inquiries, key)
        .compose(
            found ->
                found instanceof Evidence.Passed && key != null && !isGuarded()
                    ? get(inquiries, null).map(FreeCheck::compared)
                    : Future.succeededFuture(found));
  }

  /** Passed with a credential: what it was worth, by what is said without one. */
  private static Evidence compared(Evidence without) {
    return switch (without) {
      case Evidence.Failed _ -> new Evidence.Passed();
      case Evidence.Silent silent -> silent;
      case Evidence.Passed _,
          Evidence.Untold _,
          Evidence.Answered _,
          Evidence.Denied _,
          Evidence.Forbidden _ ->
          new Evidence.Untold(OPEN);
    };
  }

  private Future<Evidence> get(Inquiries inquiries, ServedModel.Credential.@Nullable Key key) {
    MultiMap fields = ProviderFields.inquiry(model, key);
    return inquiries
        .get(backend, path(), fields)
        .map(answer -> evidence(answer, key))
        .otherwise(
            cause -> new Evidence.Silent("the provider cannot be asked: " + why(cause), null));
  }

  private Evidence evidence(Inquiries.Answer answer, ServedModel.@Nullable Credential key) {
    return evidence(
        answer.status(),
        answer.content().getBytes(),
        ErrorResponse.retryAfterSeconds(answer.fields()),
        key);
  }

  /**
   * What an answer means.
   *
   * @param retryAfter in seconds; null: not said
   * @param key that it was asked with; null: none
   */
  Evidence evidence(
      int status, byte[] body, @Nullable Long retryAfter, ServedModel.@Nullable Credential key) {
    if (status >= 200 && status < 300) {
      return new Evidence.Passed();
    }
    ModelError error = model.provider().readError(status, body);
    String words = Words.of(error.message(), key == null ? null : key.secret());
    return switch (error.kind()) {
      case AUTHENTICATION -> new Evidence.Failed(words);
      // Keys of OpenAI's may have rights of their own, and that of listing models is one.
      case PERMISSION ->
          key == null || model.model().provider() == Model.Provider.GEMINI
              ? new Evidence.Failed(words)
              : new Evidence.Untold("the credential may not ask for it: " + words);
      case NOT_FOUND, INVALID_REQUEST, TOO_LARGE, FILTERED, BILLING ->
          model.model().provider().takesTensors()
              ? silent(status, words, retryAfter)
              : new Evidence.Untold("it answered " + status + " to GET " + path() + ": " + words);
      case RATE_LIMITED, OVERLOADED, TIMEOUT, SERVER, UNREADABLE ->
          silent(status, words, retryAfter);
    };
  }

  private Evidence silent(int status, String words, @Nullable Long retryAfter) {
    return new Evidence.Silent(
        "it answered " + status + " to GET " + path() + ": " + words, retryAfter);
  }

  private static String why(Throwable cause) {
    String said = cause.getMessage();
    return Words.of(said == null ? cause.getClass().getSimpleName() : said, null);
  }

  /** What a question that was refused says of the credential; null: nothing. */
  static @Nullable Evidence ofQuestion(ModelError error, ServedModel.@Nullable Credential key) {
    if (error.kind() != ErrorKind.AUTHENTICATION && error.kind() != ErrorKind.PERMISSION) {
      return null;
    }
    String words = Words.of(error.message(), key == null ? null : key.secret());
    return error.kind() == ErrorKind.AUTHENTICATION
        ? new Evidence.Denied(words)
        : new Evidence.Forbidden(words);
  }
}
