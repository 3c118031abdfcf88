/** An answer of some kind in place of a result. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;
  final String kind;

  Refused(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  Refused(String kind, Throwable cause) {
    this(kind, cause.toString());
  }
}
