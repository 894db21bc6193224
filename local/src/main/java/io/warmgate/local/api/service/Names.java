package io.warmgate.local.api.service;

import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What objects may be called.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
 *     names</a>
 */
final class Names {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
  private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_RULE =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String DNS_1035_RULE =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

  private Names() {}

  static List<FieldError> check(String plural, String group, String name) {
    if (group.equals("rbac.authorization.k8s.io")) {
      return check(name, Pattern.compile("[^/%]+"), "may not contain '/' or '%'", 253);
    }
    if (group.isEmpty() && plural.equals("namespaces")) {
      return check(name, DNS_LABEL, LABEL_RULE, 63);
    }
    if (group.isEmpty() && plural.equals("services")) {
      return check(name, DNS_1035, DNS_1035_RULE, 63);
    }
    return check(name, DNS_SUBDOMAIN, SUBDOMAIN_RULE, 253);
  }

  private static List<FieldError> check(String name, Pattern pattern, String rule, int longest) {
    String shown = Json.compact(Json.text(name)) + ": ";
    if (name.length() > longest) {
      String words = shown + "must be no more than " + longest + " characters";
      return List.of(new FieldError("metadata.name", FieldError.Type.INVALID, words));
    }
    return pattern.matcher(name).matches()
        ? List.of()
        : List.of(new FieldError("metadata.name", FieldError.Type.INVALID, shown + rule));
  }
}
