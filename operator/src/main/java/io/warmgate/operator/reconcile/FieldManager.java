package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Under which name the operator writes. */
public final class FieldManager {
  public static final String NAME = "warmgate";

  private FieldManager() {}

  /**
   * Server-side apply that takes over what others wrote in the applied fields.
   *
   * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">"It is
   *     strongly recommended for controllers to always force conflicts on objects that they
   *     own"</a>
   */
  public static PatchContext apply() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(NAME)
        .withForce(true)
        .build();
  }
}
