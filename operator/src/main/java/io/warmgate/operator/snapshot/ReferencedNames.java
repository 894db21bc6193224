package io.warmgate.operator.snapshot;

import io.warmgate.config.Backend;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.BackendRef;
import io.warmgate.crd.v1alpha1.BackendTls;
import io.warmgate.crd.v1alpha1.CacheEncryption;
import io.warmgate.crd.v1alpha1.ClientCertificates;
import io.warmgate.crd.v1alpha1.Listener;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RouteAuth;
import io.warmgate.crd.v1alpha1.RouteRule;
import io.warmgate.crd.v1alpha1.TokenIssuer;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that a gateway, its routes, their models and its RedisCache refer to, all in the
 * gateway's namespace: what is to be looked up and watched, and nothing else. What consumers name
 * is {@link ConsumerSecrets}'.
 */
public record ReferencedNames(NavigableSet<String> services, NavigableSet<String> secrets) {

  /**
   * @param current what runs: its Services stay looked up, since a rule that can no longer be
   *     resolved goes on with them
   */
  public static ReferencedNames of(
      ApiGateway gateway,
      Attachments attachments,
      @Nullable RedisCache redis,
      @Nullable MintedRevision current) {
    ReferencedNames names = new ReferencedNames(new TreeSet<>(), new TreeSet<>());
    gateway.getSpec().listeners().forEach(names::addListener);
    CacheEncryption encryption = gateway.getSpec().cache().encryption();
    names.addSecret(encryption == null ? null : encryption.secretRef());
    for (TokenIssuer issuer : gateway.getSpec().auth().issuers()) {
      names.secrets.addAll(issuer.secrets());
    }
    for (ApiRoute route : attachments.routes()) {
      for (RouteRule rule : route.getSpec().rules()) {
        rule.backendRefs().forEach(names::addBackend);
        names.addAuth(rule.auth());
      }
    }
    for (AttachedModel model : attachments.models()) {
      AiModelBackendSpec spec = model.model().getSpec();
      spec.keySecrets().forEach(names.secrets::add);
      names.addTls(spec.tls());
    }
    if (redis != null) {
      names.secrets.addAll(RedisNames.secrets(redis));
    }
    if (current != null) {
      current.config().backends().forEach(names::addRunning);
    }
    return names;
  }

  private void addListener(Listener listener) {
    if (listener.tls() != null) {
      secrets.add(listener.tls().secretRef().name());
      ClientCertificates clients = listener.tls().clientCertificates();
      addSecret(clients == null ? null : clients.caRef());
    }
  }

  private void addAuth(@Nullable RouteAuth auth) {
    if (auth != null && auth.external() != null) {
      addSecret(auth.external().caRef());
    }
  }

  private void addBackend(BackendRef ref) {
    if (ref.name() != null && !ref.asksModel()) {
      services.add(ref.name());
    }
    addTls(ref.tls());
  }

  private void addTls(@Nullable BackendTls tls) {
    if (tls != null) {
      addSecret(tls.caRef());
      addSecret(tls.clientCertificateRef());
    }
  }

  private void addSecret(@Nullable NameRef ref) {
    if (ref != null) {
      secrets.add(ref.name());
    }
  }

  private void addRunning(Backend backend) {
    if (backend.target() instanceof Backend.Service service) {
      services.add(ServiceKey.parse(service.key()).name());
    }
  }
}
