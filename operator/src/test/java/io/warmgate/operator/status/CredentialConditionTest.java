package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said where pods say this. */
class CredentialConditionTest {
  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
  private static final SecretKeyRef KEY = new SecretKeyRef("openai", "apiKey");

  private static AiModelBackend model() {
    return Serialization.unmarshal(
        """
        metadata: {name: gpt, namespace: shop, uid: u, generation: 1}
        spec: {provider: OpenAI, model: gpt-5-mini}
        """,
        AiModelBackend.class);
  }

  private static CredentialWord word(String verdicts) {
    return new CredentialWord(
        Arrays.stream(verdicts.split(" ", -1))
            .filter(word -> !word.isEmpty())
            .map(
                word ->
                    new CredentialState(
                        "shop/gpt",
                        "f",
                        Verdict.valueOf(word),
                        word.equals("ACCEPTED") ? null : "Words of " + word + "."))
            .toList());
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
    CredentialCondition.set(conditions, KEY, word(verdicts));
    assertThat(text(conditions)).isEqualTo(expected);
    assertThat(conditions.settled()).isTrue();
    assertThat(conditions.notices()).hasSize(expected.startsWith("False") ? 1 : 0);
  }

  @Test
  void withoutACredential() {
    Conditions good = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(good, null, word("ACCEPTED"));
    assertThat(text(good))
        .isEqualTo("True NoCredentialNeeded: The provider asks for no credential");
    Conditions bad = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(bad, null, word("REFUSED"));
    assertThat(text(bad))
        .isEqualTo(
            "False Refused: spec.credentialsRef is not set, and the provider asks for a credential:"
                + " \"Words of REFUSED\"; put one into a Secret and name that there");
  }

  /** Pods that have all just begun know nothing: what was known of this form stands. */
  @Test
  void whatWasKnownStands() {
    Conditions first = new Conditions(model(), List.of(), NOW);
    CredentialCondition.set(first, KEY, word("ACCEPTED"));
    Conditions next = new Conditions(model(), first.list(), NOW.plusSeconds(60));
    CredentialCondition.set(next, KEY, word(""));
    assertThat(next.list()).isEqualTo(first.list());
    AiModelBackend other = model();
    other.getMetadata().setGeneration(2L);
    Conditions changed = new Conditions(other, first.list(), NOW.plusSeconds(60));
    CredentialCondition.set(changed, KEY, word(""));
    assertThat(text(changed)).startsWith("Unknown NotChecked");
  }
}
