package io.warmgate.operator.translate;

/**
 * Who has to be let at a namespace's Secrets.
 *
 * @param namespace of the Secrets
 * @param account the operator's ServiceAccount
 * @param accountNamespace where it is
 */
public record SecretReader(String namespace, String account, String accountNamespace) {

  /** The RoleBinding that lets the operator use the namespace's Secrets, as YAML on one line. */
  public String roleBinding() {
    return """
    {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, \
    metadata: {name: warmgate-secret-reader, namespace: %s}, \
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: warmgate-secret-reader}, \
    subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]}\
    """
        .formatted(namespace, account, accountNamespace);
  }
}
