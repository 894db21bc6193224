package io.warmgate.server.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.config.AccessRule;

/** Whose word for it clients may have: OpenAPI's security schemes, any of which is enough. */
final class PromptSecurity {
  private PromptSecurity() {}

  static void write(AccessRule access, ObjectNode operation, ObjectNode components) {
    ObjectNode schemes = components.putObject("securitySchemes");
    ArrayNode security = operation.putArray("security");
    for (String header : access.keyHeaders()) {
      String name = header.equals("authorization") ? "bearer" : header;
      ObjectNode scheme = schemes.putObject(name);
      if (header.equals("authorization")) {
        scheme.put("type", "http").put("scheme", "bearer");
      } else {
        scheme.put("type", "apiKey").put("in", "header").put("name", header);
      }
      security.addObject().putArray(name);
    }
    if (!access.issuers().isEmpty() && !schemes.has("bearer")) {
      schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
      security.addObject().putArray("bearer");
    }
    if (access.certificates()) {
      schemes.putObject("certificate").put("type", "mutualTLS");
      security.addObject().putArray("certificate");
    }
    if (access.callers() == AccessRule.Callers.ANYBODY) {
      security.addObject();
    }
  }
}
