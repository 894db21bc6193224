package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a pod knows of the credential that a model is asked with.
 *
 * @param model {@code namespace/name} of its AiModelBackend
 * @param fingerprint of the credential ({@code ValueRef}); null, and then not written: it is asked
 *     without one
 * @param detail the provider's words, or why nothing is known, for people; never a credential. Null
 *     where it is accepted
 */
public record CredentialState(
    String model,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fingerprint,
    Verdict verdict,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detail) {

  /** What the provider makes of it. */
  public enum Verdict {
    ACCEPTED,
    REFUSED,
    /** It does not answer, or not now. */
    UNREACHABLE,
    /** It answers, and does not say without a question to the model. */
    UNTOLD
  }

  public CredentialState {
    if (model == null || verdict == null) {
      throw new ConfigException("", "lacks the model or the verdict of a credential");
    }
  }
}
