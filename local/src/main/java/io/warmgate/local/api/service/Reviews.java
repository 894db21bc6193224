package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;

/**
 * Questions about the asker: there is one user, who has the token and may do everything.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Checking
 *     API access</a>
 */
final class Reviews {
  static final String USER = "warmgate-local-admin";

  private Reviews() {}

  static ObjectNode answer(ObjectNode question) {
    ObjectNode status = question.putObject("status");
    switch (question.path("kind").asText()) {
      case "SelfSubjectReview" -> {
        ObjectNode user = status.putObject("userInfo").put("username", USER);
        user.putArray("groups").add("system:masters").add("system:authenticated");
      }
      case "SelfSubjectRulesReview" -> {
        status.put("incomplete", false);
        ObjectNode resources = status.putArray("resourceRules").addObject();
        for (String field : new String[] {"verbs", "apiGroups", "resources"}) {
          resources.putArray(field).add("*");
        }
        ObjectNode others = status.putArray("nonResourceRules").addObject();
        others.putArray("verbs").add("*");
        others.putArray("nonResourceURLs").add("*");
      }
      default -> status.set("allowed", Json.bool(true));
    }
    return question;
  }
}
