package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** How the operator writes what it owns. */
public final class ServerSideApply {
  private static final String FIELD_MANAGER = "warmgate";

  private ServerSideApply() {}

  /**
   * Takes over what others wrote in the applied fields.
   *
   * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">"It is
   *     strongly recommended for controllers to always force conflicts on objects that they
   *     own"</a>
   */
  public static PatchContext asOwner() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(FIELD_MANAGER)
        .withForce(true)
        .build();
  }
}
