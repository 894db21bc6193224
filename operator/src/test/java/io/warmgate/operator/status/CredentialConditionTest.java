package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said where pods say this. */
class CredentialConditionTest {
  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
  private static final String KEY = "credentialsRef: {name: openai, key: apiKey}";
  private static final String POOL =
      "credentialsRefs: [{name: openai, key: apiKey}, {name: openai, key: other}]";
  private static final String NONE = "";

  private static AiModelBackendSpec spec(String credentials) {
    return Serialization.unmarshal(
        "provider: OpenAI\nmodel: gpt-5-mini\n" + credentials, AiModelBackendSpec.class);
  }

  private static AiModelBackend model() {
    return Serialization.unmarshal(
        """
        metadata: {name: gpt, namespace: shop, uid: u, generation: 1}
        spec: {provider: OpenAI, model: gpt-5-mini}
        """,
        AiModelBackend.class);
  }

  /**
   * @param verdicts of the key {@code apiKey}, or of another that stands behind a colon
   */
  private static CredentialWord word(String verdicts) {
    return new CredentialWord(
        Arrays.stream(verdicts.split(" ", -1))
            .filter(word -> !word.isEmpty())
            .map(word -> word.split(":", -1))
            .map(word -> said(word[0], word.length > 1 ? word[1] : "apiKey"))
            .toList());
  }

  private static CredentialWord.Said said(String verdict, String key) {
    return new CredentialWord.Said(
        "shop/openai/" + key,
        new CredentialState(
            "shop/gpt",
            key,
            Verdict.valueOf(verdict),
            verdict.equals("ACCEPTED") ? null : "Words of " + verdict + "."));
  }

  private static String text(Conditions conditions) {
    Condition said = conditions.list().getFirst();
    return said.getStatus() + " " + said.getReason() + ": " + said.getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Unknown NotChecked: No pod has asked the provider yet",
        "ACCEPTED | True CredentialAccepted: The provider takes the credential",
        "ACCEPTED UNREACHABLE UNTOLD | True CredentialAccepted: The provider takes the credential",
        "REFUSED REFUSED | False Refused: spec.credentialsRef: the provider refuses key 'apiKey' of"
            + " Secret 'openai': \"Words of REFUSED\"; put one there that it takes",
        "ACCEPTED REFUSED ACCEPTED UNREACHABLE | False Refused: spec.credentialsRef: the provider"
            + " refuses key 'apiKey' of Secret 'openai' (so say 1 of 3 pods): \"Words of"
            + " REFUSED\"; put one there that it takes",
        "UNREACHABLE UNTOLD | Unknown Unreachable: No word yet: Words of UNREACHABLE.",
        "UNTOLD | Unknown NotChecked: The first answer will tell: Words of UNTOLD."
      })
  void whatPodsSay(String verdicts, String expected) {
    Conditions conditions = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(conditions, spec(KEY), word(verdicts));
    assertThat(text(conditions)).isEqualTo(expected);
    assertThat(conditions.settled()).isTrue();
    assertThat(conditions.notices()).hasSize(expected.startsWith("False") ? 1 : 0);
  }

  @Test
  void withoutACredential() {
    Conditions good = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(good, spec(NONE), word("ACCEPTED"));
    assertThat(text(good))
        .isEqualTo("True NoCredentialNeeded: The provider asks for no credential");
    Conditions bad = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(bad, spec(NONE), word("REFUSED"));
    assertThat(text(bad))
        .isEqualTo(
            "False Refused: spec.credentialsRef is not set, and the provider asks for a credential:"
                + " \"Words of REFUSED\"; put one into a Secret and name that there");
  }

  /** Of several keys each is spoken of by itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACCEPTED ACCEPTED:other | True CredentialAccepted: The provider takes the credential",
        "ACCEPTED REFUSED:other ACCEPTED REFUSED:other | False Refused: spec.credentialsRefs[1]:"
            + " the provider refuses key 'other' of Secret 'openai': \"Words of REFUSED\"; put one"
            + " there that it takes",
        "REFUSED ACCEPTED ACCEPTED:other | False Refused: spec.credentialsRefs[0]: the provider"
            + " refuses key 'apiKey' of Secret 'openai' (so say 1 of 2 pods): \"Words of"
            + " REFUSED\"; put one there that it takes"
      })
  void ofSeveralKeys(String verdicts, String expected) {
    Conditions conditions = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(conditions, spec(POOL), word(verdicts));
    assertThat(text(conditions)).isEqualTo(expected);
  }

  /** Pods that have all just begun know nothing: what was known of this form stands. */
  @Test
  void whatWasKnownStands() {
    Conditions first = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(first, spec(KEY), word("ACCEPTED"));
    Conditions next = new Conditions(model(), first.list(), NOW.plusSeconds(60));
    CredentialCondition.set(next, spec(KEY), word(""));
    assertThat(next.list()).isEqualTo(first.list());
    AiModelBackend other = model();
    other.getMetadata().setGeneration(2L);
    Conditions changed = new Conditions(other, first.list(), NOW.plusSeconds(60));
    CredentialCondition.set(changed, spec(KEY), word(""));
    assertThat(text(changed)).startsWith("Unknown NotChecked");
  }
}
