package io.personalive.training.preparation;

/** Why a piece of video isn't kept. */
public enum Flaw {
    NO_FACE("no face was found"),
    SEVERAL_FACES("several faces"),
    TOO_SMALL("the face is too small"),
    BLURRED("the face is blurred"),
    TURNED_AWAY("the head is turned away"),
    FROZEN("the picture stands still"),
    CUT_OFF("the head doesn't fit into the picture"),
    TOO_SHORT("too short");

    private final String words;

    Flaw(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
