package io.warmgate.operator.status;

import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition {@code CredentialsValid}: False where a pod was refused, else True where one was
 * accepted. Pods that know nothing yet change nothing, so that it does not follow pods that come
 * and go.
 */
final class CredentialCondition {
  private static final ConditionType TYPE = ConditionType.CREDENTIALS_VALID;
  private static final String NOBODY = "No pod has asked the provider yet";

  private CredentialCondition() {}

  /**
   * @param ref where the credential is; null: the model is asked without one
   */
  static void set(Conditions conditions, @Nullable SecretKeyRef ref, CredentialWord word) {
    List<CredentialState> refused = word.saying(Verdict.REFUSED);
    List<CredentialState> accepted = word.saying(Verdict.ACCEPTED);
    List<CredentialState> unreachable = word.saying(Verdict.UNREACHABLE);
    List<CredentialState> untold = word.saying(Verdict.UNTOLD);
    if (!refused.isEmpty()) {
      String some =
          accepted.isEmpty()
              ? ""
              : " (so say %d of %d pods)"
                  .formatted(refused.size(), refused.size() + accepted.size());
      conditions.no(
          TYPE,
          ConditionReason.REFUSED,
          refused(ref, String.valueOf(refused.getFirst().detail()), some));
    } else if (!accepted.isEmpty()) {
      if (ref == null) {
        conditions.yes(
            TYPE, ConditionReason.NO_CREDENTIAL_NEEDED, "The provider asks for no credential");
      } else {
        conditions.yes(
            TYPE, ConditionReason.CREDENTIAL_ACCEPTED, "The provider takes the credential");
      }
    } else if (!unreachable.isEmpty()) {
      conditions.unknown(
          TYPE, ConditionReason.UNREACHABLE, "No word yet: " + unreachable.getFirst().detail());
    } else if (!untold.isEmpty()) {
      conditions.unknown(
          TYPE,
          ConditionReason.NOT_CHECKED,
          "The first answer will tell: " + untold.getFirst().detail());
    } else if (conditions.before(TYPE) == null || !conditions.isOfThisGeneration(TYPE)) {
      conditions.unknown(TYPE, ConditionReason.NOT_CHECKED, NOBODY);
    } else {
      conditions.keep(TYPE);
    }
  }

  private static String refused(@Nullable SecretKeyRef ref, String words, String some) {
    String said = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    return ref == null
        ? ("spec.credentialsRef is not set, and the provider asks for a credential%s: \"%s\";"
                + " put one into a Secret and name that there")
            .formatted(some, said)
        : ("spec.credentialsRef: the provider refuses key '%s' of Secret '%s'%s: \"%s\";"
                + " put one there that it takes")
            .formatted(ref.key(), ref.name(), some, said);
  }
}
