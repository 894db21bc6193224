package io.warmgate.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives tests the server of {@link RealKube}. */
public final class KubeApiServerExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(KubeApiServerExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == KubeApiServer.class || type == KubernetesClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    KubeApiServer server = server(context);
    return parameter.getParameter().getType() == KubernetesClient.class ? server.client() : server;
  }

  /** The root's store is closed, and the server in it, when the last test is over. */
  private static KubeApiServer server(ExtensionContext context) {
    List<String> controllers =
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), RealKube.class)
            .map(annotation -> List.of(annotation.controllers()))
            .orElse(List.of());
    return Objects.requireNonNull(
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(
                controllers,
                names -> KubeApiServer.start(names.toArray(String[]::new)),
                KubeApiServer.class));
  }
}
