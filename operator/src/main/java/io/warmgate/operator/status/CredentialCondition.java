package io.warmgate.operator.status;

import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import java.util.List;
import java.util.Objects;

/**
 * The condition {@code CredentialsValid}: False where a pod was refused, else True where one was
 * accepted. Pods that know nothing yet change nothing, so that it does not follow pods that come
 * and go.
 */
final class CredentialCondition {
  private static final ConditionType TYPE = ConditionType.CREDENTIALS_VALID;
  private static final String NOBODY = "No pod has asked the provider yet";

  private CredentialCondition() {}

  static void set(Conditions conditions, AiModelBackendSpec spec, CredentialWord word) {
    List<CredentialWord.Said> refused = word.saying(Verdict.REFUSED);
    List<CredentialWord.Said> accepted = word.saying(Verdict.ACCEPTED);
    List<CredentialWord.Said> unreachable = word.saying(Verdict.UNREACHABLE);
    List<CredentialWord.Said> untold = word.saying(Verdict.UNTOLD);
    if (!refused.isEmpty()) {
      CredentialWord.Said first = refused.getFirst();
      conditions.no(
          TYPE, ConditionReason.REFUSED, refused(spec, first, some(first, refused, accepted)));
    } else if (!accepted.isEmpty()) {
      if (isWithout(spec)) {
        conditions.yes(
            TYPE, ConditionReason.NO_CREDENTIAL_NEEDED, "The provider asks for no credential");
      } else {
        conditions.yes(
            TYPE, ConditionReason.CREDENTIAL_ACCEPTED, "The provider takes the credential");
      }
    } else if (!unreachable.isEmpty()) {
      conditions.unknown(
          TYPE,
          ConditionReason.UNREACHABLE,
          "No word yet: " + unreachable.getFirst().state().detail());
    } else if (!untold.isEmpty()) {
      conditions.unknown(
          TYPE,
          ConditionReason.NOT_CHECKED,
          "The first answer will tell: " + untold.getFirst().state().detail());
    } else if (conditions.before(TYPE) == null || !conditions.isOfThisGeneration(TYPE)) {
      conditions.unknown(TYPE, ConditionReason.NOT_CHECKED, NOBODY);
    } else {
      conditions.keep(TYPE);
    }
  }

  private static boolean isWithout(AiModelBackendSpec spec) {
    return spec.credentialsRef() == null && spec.credentialsRefs().isEmpty();
  }

  /** How many pods say so, where not all do. */
  private static String some(
      CredentialWord.Said said,
      List<CredentialWord.Said> refused,
      List<CredentialWord.Said> accepted) {
    long no = count(said, refused);
    long yes = count(said, accepted);
    return yes == 0 ? "" : " (so say %d of %d pods)".formatted(no, no + yes);
  }

  private static long count(CredentialWord.Said of, List<CredentialWord.Said> among) {
    return among.stream().filter(any -> Objects.equals(any.key(), of.key())).count();
  }

  private static String refused(AiModelBackendSpec spec, CredentialWord.Said of, String some) {
    String words = String.valueOf(of.state().detail());
    String said = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    if (isWithout(spec)) {
      return ("spec.credentialsRef is not set, and the provider asks for a credential%s: \"%s\";"
              + " put one into a Secret and name that there")
          .formatted(some, said);
    }
    for (int i = 0; i < spec.credentialsRefs().size(); i++) {
      SecretKeyRef ref = spec.credentialsRefs().get(i).ref();
      if (String.valueOf(of.key()).endsWith("/" + ref.name() + "/" + ref.key())) {
        return refused("spec.credentialsRefs[" + i + "]", ref, some, said);
      }
    }
    return spec.credentialsRef() == null
        ? "spec.credentialsRefs: the provider refuses one%s: \"%s\"".formatted(some, said)
        : refused("spec.credentialsRef", spec.credentialsRef(), some, said);
  }

  private static String refused(String path, SecretKeyRef ref, String some, String said) {
    return "%s: the provider refuses key '%s' of Secret '%s'%s: \"%s\"; put one there that it takes"
        .formatted(path, ref.key(), ref.name(), some, said);
  }
}
