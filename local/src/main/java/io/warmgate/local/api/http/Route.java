package io.warmgate.local.api.http;

import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.resource.ResourceRegistry;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.service.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Where a path leads. */
sealed interface Route {
  /** {@code /healthz}, {@code /livez}, {@code /readyz}. */
  record Health() implements Route {}

  /** {@code /version}. */
  record Version() implements Route {}

  /** {@code /api}. */
  record CoreVersions() implements Route {}

  /** {@code /apis}. */
  record Groups() implements Route {}

  /** {@code /apis/<group>}. */
  record Group(String group) implements Route {}

  /** {@code /api/v1} and {@code /apis/<group>/<version>}. */
  record Resources(String group, String version) implements Route {}

  /** {@code /openapi/v3}. */
  record OpenApiIndex() implements Route {}

  /** {@code /openapi/v3/…}. */
  record OpenApiDocument(String group, String version) implements Route {}

  /** Objects. */
  record Objects(Target target) implements Route {}

  /**
   * @throws ApiException 404 if it leads nowhere
   */
  static Route of(String path, ResourceRegistry registry) {
    List<String> parts =
        Arrays.stream(path.split("/", -1))
            .filter(part -> !part.isEmpty())
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    String first = parts.isEmpty() ? "" : parts.getFirst();
    int size = parts.size();
    return switch (first) {
      case "healthz", "livez", "readyz" -> new Health();
      case "version" -> new Version();
      case "openapi" -> openApi(parts);
      case "api" ->
          switch (size) {
            case 1 -> new CoreVersions();
            case 2 -> new Resources("", parts.get(1));
            default -> objects(registry, "", parts.get(1), parts.subList(2, size));
          };
      case "apis" ->
          switch (size) {
            case 1 -> new Groups();
            case 2 -> new Group(parts.get(1));
            case 3 -> new Resources(parts.get(1), parts.get(2));
            default -> objects(registry, parts.get(1), parts.get(2), parts.subList(3, size));
          };
      default -> throw ApiException.noSuchPath();
    };
  }

  private static Route openApi(List<String> parts) {
    if (parts.size() == 2 && parts.get(1).equals("v3")) {
      return new OpenApiIndex();
    } else if (parts.size() == 4 && parts.get(2).equals("api")) {
      return new OpenApiDocument("", parts.get(3));
    } else if (parts.size() == 5 && parts.get(2).equals("apis")) {
      return new OpenApiDocument(parts.get(3), parts.get(4));
    }
    throw ApiException.noSuchPath();
  }

  private static Route objects(
      ResourceRegistry registry, String group, String version, List<String> rest) {
    boolean isNamespace =
        rest.getFirst().equals("namespaces")
            && (rest.size() < 3 || (rest.size() == 3 && rest.get(2).equals("status")));
    boolean inNamespace = rest.getFirst().equals("namespaces") && !isNamespace;
    String namespace = inNamespace ? rest.get(1) : "";
    List<String> parts = inNamespace ? rest.subList(2, rest.size()) : rest;
    ResourceType type =
        registry.find(group, version, parts.getFirst()).orElseThrow(ApiException::noSuchPath);
    String name = parts.size() > 1 ? parts.get(1) : "";
    String subresource = parts.size() > 2 ? parts.get(2) : "";
    boolean misplaced = inNamespace && !type.names().namespaced();
    boolean homeless = !inNamespace && type.names().namespaced() && !name.isEmpty();
    if (parts.size() > 3 || misplaced || homeless || !has(type, subresource)) {
      throw ApiException.noSuchPath();
    }
    return new Objects(new Target(type, namespace, name, subresource));
  }

  private static boolean has(ResourceType type, String subresource) {
    return switch (subresource) {
      case "" -> true;
      case "status" -> type.subresources().status();
      case "scale" -> type.subresources().scale().isPresent();
      case "log" -> type.subresources().log();
      default -> false;
    };
  }
}
