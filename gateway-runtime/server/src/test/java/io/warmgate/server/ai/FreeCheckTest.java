package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import io.warmgate.config.ValueRef;
import io.warmgate.server.credential.Evidence;
import io.warmgate.server.credential.Proofs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked, and what an answer means. */
class FreeCheckTest {
  private static FreeCheck check(Model.Provider provider) {
    Model model =
        new Model(
            "shop/m",
            provider,
            "org/m",
            List.of("m"),
            new ValueRef("shop/keys/m", "0".repeat(64)),
            1,
            List.of(),
            provider.takesTensors() ? new Tensors("7", null) : null,
            null);
    ServedModel served =
        ServedModel.of(
            model, _ -> "sk-secret".getBytes(StandardCharsets.UTF_8), _ -> Proofs.Proof.NONE);
    return new FreeCheck(served, served.keys().getFirst().credential(), "b");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, /models",
    "OPENAI_COMPATIBLE, /models",
    "AZURE_OPENAI, /models",
    "MISTRAL, /models",
    "ANTHROPIC, /v1/models?limit=1",
    "GEMINI, /models?pageSize=1",
    "KSERVE_V2, /v2/models/org%2Fm/versions/7/ready",
    "TF_SERVING, /v1/models/org%2Fm/versions/7"
  })
  void asksWhatCostsNothing(Model.Provider provider, String path) {
    assertThat(check(provider).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI | 200 | {} | Passed[]",
        "OPENAI | 401 | {'error':{'message':'bad key sk-secret','code':'invalid_api_key'}} |"
            + " Failed[words=bad key [redacted]]",
        "OPENAI | 403 | {'error':{'message':'Missing scopes: api.model.read'}} |"
            + " Untold[why=the credential may not ask for it: Missing scopes: api.model.read]",
        "OPENAI | 429 | {'error':{'message':'slow','code':'rate_limit_exceeded'}} |"
            + " Silent[why=it answered 429 to GET /models: slow, retryAfterSeconds=9]",
        "OPENAI | 500 | oops | Silent[why=it answered 500 to GET /models: the provider answered"
            + " 500, retryAfterSeconds=9]",
        "OPENAI_COMPATIBLE | 404 | {'detail':'Not Found'} |"
            + " Untold[why=it answered 404 to GET /models: Not Found]",
        "ANTHROPIC | 401 |"
            + " {'type':'error','error':{'type':'authentication_error','message':'invalid"
            + " x-api-key'}} | Failed[words=invalid x-api-key]",
        "GEMINI | 400 | {'error':{'code':400,'message':'API key not"
            + " valid','status':'INVALID_ARGUMENT','details':[{'reason':'API_KEY_INVALID'}]}} |"
            + " Failed[words=API key not valid]",
        "GEMINI | 403 | {'error':{'code':403,'message':'leaked','status':'PERMISSION_DENIED'}} |"
            + " Failed[words=leaked]",
        "MISTRAL | 401 | {'detail':'Unauthorized'} | Failed[words=Unauthorized]",
        "KSERVE_V2 | 400 | {'error':'not ready'} | Silent[why=it answered 400 to GET"
            + " /v2/models/org%2Fm/versions/7/ready: not ready, retryAfterSeconds=9]"
      })
  void anAnswerMeans(Model.Provider provider, int status, String body, String expected) {
    FreeCheck check = check(provider);
    Evidence evidence =
        check.evidence(
            status,
            body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
            9L,
            Objects.requireNonNull(check.credential()));
    assertThat(evidence).hasToString(expected);
  }

  /** Who is not known, and may not ask, is asked for a credential. */
  @ParameterizedTest
  @CsvSource({"401", "403"})
  void withoutACredential(int status) {
    assertThat(check(Model.Provider.OPENAI_COMPATIBLE).evidence(status, new byte[0], null, null))
        .isInstanceOf(Evidence.Failed.class);
  }
}
