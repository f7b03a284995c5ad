"""What a family meets of these texts, in Arabic: refusals of what it sends, the lines of its log, what a request waits for."""

from __future__ import annotations

from collections.abc import Mapping

from gdpr.rights import Step

REFUSALS: Mapping[str, str] = {
    "refused": "هذا غير ممكن.",
    "rule_broken": "هذا غير ممكن في الوضع الحالي.",
    "not_found": "لم نجده. ربما لم يعد موجودًا، أو ليس لديك حق الوصول إليه.",
    "invalid": "هناك شيء يحتاج إلى تصحيح هنا.",
    "role_not_held": "لا يمكن القيام بذلك إلا بصفة ليست لك هنا اليوم.",
    "stale_version": "غيّر شخص آخر هذا منذ أن فتحت الصفحة. يرجى مراجعته ثم المحاولة مرة أخرى.",
    "command_id_taken": "سبق إرسال هذا على أنه شيء آخر. يرجى البدء من جديد.",
    "subject_erased": "مُحيت بيانات هذا الشخص، ولا يمكن كتابة بيانات جديدة.",
    "log_unavailable": "لا نستطيع الآن تسجيل من يقرأ، ولذلك لا يمكن عرض شيء. يرجى المحاولة بعد قليل.",
    "unavailable": "لا يمكن جلب البيانات الآن. لم تُفقد. يرجى المحاولة بعد قليل.",
    "failed": "حدث خطأ لدينا. يرجى المحاولة مرة أخرى، وإبلاغنا إذا تكرر.",
    "input_invalid": "بعض الحقول تحتاج إلى تصحيح، انظر تحت كل منها.",
    "field_missing": "يجب ملء هذا الحقل.",
    "field_unknown": "لا نعرف هذا الحقل.",
    "field_unreadable": "لا يمكن قراءة هذا. يرجى التحقق مما كُتب.",
    "object_expected": "يلزم هنا مجموعة من الحقول.",
    "choice_unknown": "يرجى اختيار أحد الخيارات في القائمة.",
    "number_out_of_range": "الرقم صغير جدًا أو كبير جدًا.",
    "text_far_too_long": "النص طويل جدًا.",
    "list_too_long": "في القائمة عدد أكبر من اللازم.",
    "text_missing": "يجب كتابة شيء هنا.",
    "text_too_long": "النص طويل جدًا. المساحة المتاحة {limit} حرفًا.",
    "text_unreadable": "في النص رمز لا يمكن عرضه. يرجى كتابته بدلًا من لصقه.",
    "cpr_number_in_text": "يبدو هذا رقم CPR. نحن لا نحفظ هذه الأرقام هنا، فيرجى حذفه.",
    "date_in_future": "لم يحن هذا التاريخ بعد.",
    "date_too_old": "هذا التاريخ قديم جدًا. يرجى التحقق من السنة.",
    "unknown_request": "لم نجد الطلب.",
    "unknown_consent": "لم نجد هذه الموافقة.",
    "unknown_course": "لم نجد الدورة.",
    "unknown_evening": "ليس في الدورة هذا اللقاء.",
    "unknown_family": "ليس للعائلة مكان في هذه الدورة، أو أنها غادرتها.",
    "unknown_person": "ليس في العائلة هذا الشخص.",
    "unknown_field": "لا توجد هنا معلومة من هذا النوع، أو لا يمكن تصحيحها وحدها.",
    "unknown_compartment": "لا يمكن اتخاذ قرار بشأن هذا النوع من البيانات هنا.",
    "consent_not_given": "لم تُعطَ أي موافقة، فليس هناك ما يُسحب.",
    "evening_is_counted": "سُجّل الحضور في هذا اللقاء. إذا كان فيه خطأ فيرجى التحدث مع قائد النادي.",
    "not_own_data": "يمكن للمرء أن يسأل عن نفسه وعن طفله، لا عن شخص بالغ آخر.",
    "nothing_to_correct": "يرجى كتابة ما هو خطأ، وما ينبغي أن يُكتب بدلًا منه.",
    "nothing_objected_to": "يرجى اختيار ما تعترض عليه.",
    "not_open_to_objection": (
        "لا يمكن الاعتراض على هذا، لأنه لا يستند إلى مهمة عامة ولا إلى مصلحة مشروعة. أما الموافقة فيمكن سحبها في أي وقت."
    ),
    "not_answered_yet": "الرد ليس جاهزًا بعد. يمكنك الحصول عليه عندما يُجاب عن الطلب.",
    "answer_is_a_file": "البيانات التي تريد أخذها معك تُسلَّم ملفًا، لا على الورق.",
}
"""By the code of a refusal; a test finds one that a family can meet and that is missing here."""

ROLES: Mapping[str, str] = {
    "referrer": "موظف يحيل العائلات", "coordinator": "المنسّق", "leader": "قائد نادٍ", "volunteer": "متطوع",
    "professional": "مختص زائر", "family": "أنت", "secretariat": "الأمانة", "branch": "الفرع المحلي",
    "officer": "مسؤول حماية البيانات", "evaluator": "المقيّم", "management": "الإدارة", "administrator": "مدير النظام",
    "reminder_service": "خدمة التذكير", "register": "السجل",
}  # fmt: skip
ACTIONS: Mapping[str, str] = {
    "read": "اطلاع على", "print": "طباعة", "disclose": "نقل", "search": "بحث في", "refused": "محاولة اطلاع مرفوضة على",
}  # fmt: skip
PURPOSES: Mapping[str, str] = {
    "answer_access": "الرد على طلب اطلاع", "answer_portability": "تسليم البيانات", "coordinate": "تنسيق الدورة",
    "correct": "تصحيح البيانات", "disclose": "مشاركة ما تمت الموافقة عليه", "find_family": "العثور على العائلة",
    "go_on_with_a_draft": "متابعة كتابة مسودة",
    "hand_over": "التسليم إلى قائد النادي", "handle_referral": "معالجة الإحالة", "own_data": "رؤية بياناتك",
    "prepare_the_course": "تحضير الدورة", "recall": "استرجاع البيانات", "retention": "معرفة ما حان محوه",
    "run_the_course": "قيادة الدورة", "run_the_evening": "إقامة اللقاء", "visit_an_evening": "زيارة أحد اللقاءات",
    "volunteers": "معرفة من هم المتطوعون",
}  # fmt: skip
FIELDS: Mapping[str, str] = {
    "able_to_take_part": "هل تستطيع الأسرة المشاركة", "address": "العنوان", "adults": "عدد البالغين في اللقاء",
    "birth_month": "شهر الميلاد", "capacity": "بأي صفة تمت الإجابة", "caregiver": "الدور في الأسرة",
    "children": "عدد الأطفال في اللقاء", "criterion": "معيار الإحالة", "custody": "الحضانة", "day_care": "الحضانة النهارية",
    "degree": "الدرجة", "factors": "الظروف", "family_name": "اسم العائلة", "given_name": "الاسم الأول", "how": "كيف أُثبتت الهوية",
    "interpreter": "المترجم", "judgement": "التقدير المهني", "kind": "نوع الهشاشة", "language": "اللغة",
    "municipal_case": "ملف في البلدية", "needs_translation": "الحاجة إلى الترجمة", "reason": "لماذا يُحفظ شيء ما",
    "remark": "ملاحظة", "said": "ما قيل",
    "siblings": "عدد الإخوة في اللقاء", "status": "الحضور", "telephone": "رقم الهاتف", "theme": "موضوع مرغوب",
    "told": "ما طُلب", "way": "كيف تم الاعتذار", "wished": "ما ينبغي أن يكون", "words": "ما أُخبر به",
}  # fmt: skip
_SOMETHING, _WHAT_FOR = "بيانات", "الغرض"

WAITS_FOR: Mapping[Step, str] = {
    Step.CHECK_IDENTITY: "علينا أولًا أن نتأكد من أنك أنت من يسأل.",
    Step.DECIDE: "نحن ندرس طلبك.",
    Step.CORRECT: "تقرر التصحيح، وهو قيد التنفيذ.",
    Step.FENCE: "نحن ندرس طلبك.",
    Step.DESTROY: "نحن نقوم بالمحو.",
    Step.ENTER_IN_LEDGER: "نحن نقوم بالمحو.",
    Step.PURGE: "نحن نقوم بالمحو.",
    Step.COMPLETE: "أوشكنا على الانتهاء.",
    Step.COLLECT: "ردّنا جاهز. يمكنك الحصول عليه.",
    Step.NOTHING: "لم يبقَ شيء للقيام به.",
}


def look_up(role: str, action: str, purpose: str, fields: list[str], *, own: bool) -> str:
    """A line of the log as a list of what is what: verbs would have to know whether it was a man or a woman."""
    named = [FIELDS[name] for name in fields if name in FIELDS] or [_SOMETHING]
    line = f"{ROLES['family' if own else role]}: {ACTIONS[action]} {'، '.join(named)}."
    return f"{line} {_WHAT_FOR}: {PURPOSES[purpose]}." if purpose in PURPOSES else line
